// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_list_model.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/annotation_name.h"

#include <QColor>

#include <algorithm>

namespace ui
{

AnnotationListModel::AnnotationListModel(Document &document, QObject *parent)
    : QAbstractListModel(parent), m_document(document)
{
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (image == m_image)
            update();
    });
    connect(&document, &Document::categoriesChanged, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1),
                               {Qt::DisplayRole, Qt::DecorationRole});
    });
    connect(&document, &Document::imagesChanged, this, &AnnotationListModel::reset);
}

void AnnotationListModel::setImage(core::Id image)
{
    m_image = image;
    reset();
}

void AnnotationListModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_hidden.clear();
    m_locked.clear();
    for (const project::AnnotationPointer &record : m_document.annotations(m_image))
        m_rows.push_back({record, core::area(record->annotation.mask)});
    endResetModel();
}

/// Both lists are in order of id: walk along them and tell the views what came, went and changed.
void AnnotationListModel::update()
{
    const std::vector<project::AnnotationPointer> fresh = m_document.annotations(m_image);
    const auto idOf = [](const Row &row) { return row.record->annotation.id; };
    std::size_t row = 0;
    for (const project::AnnotationPointer &record : fresh) {
        const core::Id id = record->annotation.id;
        while (row < m_rows.size() && idOf(m_rows[row]) < id)
            removeAt(row);
        if (row == m_rows.size() || idOf(m_rows[row]) != id) {
            beginInsertRows({}, int(row), int(row));
            m_rows.insert(m_rows.begin() + std::ptrdiff_t(row),
                          {record, core::area(record->annotation.mask)});
            endInsertRows();
        } else if (m_rows[row].record != record) {
            m_rows[row] = {record, core::area(record->annotation.mask)};
            Q_EMIT dataChanged(index(int(row)), index(int(row)));
        }
        ++row;
    }
    while (row < m_rows.size())
        removeAt(row);
}

void AnnotationListModel::removeAt(std::size_t row)
{
    beginRemoveRows({}, int(row), int(row));
    m_rows.erase(m_rows.begin() + std::ptrdiff_t(row));
    endRemoveRows();
}

int AnnotationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant AnnotationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const core::Annotation &annotation = row.record->annotation;
    const core::Category *category = m_document.category(annotation.categoryId);
    switch (role) {
    case Qt::DisplayRole:
        return annotationName(m_document, annotation);
    case Qt::DecorationRole:
        return category ? QColor::fromRgb(category->color) : QColor();
    case IdRole:
        return qlonglong(annotation.id);
    case CategoryIdRole:
        return qlonglong(annotation.categoryId);
    case AreaRole:
        return row.area;
    case VisibleRole:
        return isVisible(annotation.id);
    case LockedRole:
        return isLocked(annotation.id);
    case CrowdRole:
        return annotation.isCrowd;
    default:
        return {};
    }
}

bool AnnotationListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != VisibleRole && role != LockedRole))
        return false;
    const core::Id id = idAt(index.row());
    QSet<core::Id> &marked = role == VisibleRole ? m_hidden : m_locked;
    if (value.toBool() == (role == LockedRole))
        marked.insert(id);
    else
        marked.remove(id);
    Q_EMIT dataChanged(index, index, {role});
    return true;
}

core::Id AnnotationListModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : m_rows[std::size_t(row)].record->annotation.id;
}

int AnnotationListModel::rowOf(core::Id annotation) const
{
    const auto place = std::find_if(m_rows.begin(), m_rows.end(), [annotation](const Row &row) {
        return row.record->annotation.id == annotation;
    });
    return place == m_rows.end() ? -1 : int(place - m_rows.begin());
}

} // namespace ui
