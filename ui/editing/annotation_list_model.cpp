// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_list_model.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/annotation_name.h"

#include <QColor>

#include <algorithm>
#include <limits>

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
    connect(&document, &Document::projectChanged, this, &AnnotationListModel::reset);
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

/// Both lists are in order of id. Views are told of runs of rows, not of each: two thousand objects
/// that come or go together are one change.
void AnnotationListModel::update()
{
    const std::vector<project::AnnotationPointer> &fresh = m_document.annotations(m_image);
    removeAllBut(fresh);
    insertFrom(fresh);
    for (std::size_t row = 0, end = 0; row < fresh.size(); row = end + 1) {
        for (end = row; end < fresh.size() && m_rows[end].record != fresh[end]; ++end)
            m_rows[end] = {fresh[end], core::area(fresh[end]->annotation.mask)};
        if (end > row)
            Q_EMIT dataChanged(index(int(row)), index(int(end) - 1));
    }
}

void AnnotationListModel::removeAllBut(const std::vector<project::AnnotationPointer> &fresh)
{
    std::vector<bool> stays(m_rows.size());
    for (std::size_t row = 0, i = 0; row < m_rows.size(); ++row) {
        const core::Id id = m_rows[row].record->annotation.id;
        while (i < fresh.size() && fresh[i]->annotation.id < id)
            ++i;
        stays[row] = i < fresh.size() && fresh[i]->annotation.id == id;
    }
    for (std::size_t end = m_rows.size(); end > 0; --end) {
        if (stays[end - 1])
            continue;
        std::size_t first = end - 1;
        while (first > 0 && !stays[first - 1])
            --first;
        beginRemoveRows({}, int(first), int(end) - 1);
        m_rows.erase(m_rows.begin() + std::ptrdiff_t(first), m_rows.begin() + std::ptrdiff_t(end));
        endRemoveRows();
        end = first + 1;
    }
}

void AnnotationListModel::insertFrom(const std::vector<project::AnnotationPointer> &fresh)
{
    const auto isHere = [&](std::size_t row) {
        return row < m_rows.size() &&
               m_rows[row].record->annotation.id == fresh[row]->annotation.id;
    };
    for (std::size_t row = 0; row < fresh.size(); ++row) {
        if (isHere(row))
            continue;
        // All that comes before the next row that is here.
        const core::Id next = row < m_rows.size() ? m_rows[row].record->annotation.id
                                                  : std::numeric_limits<core::Id>::max();
        std::vector<Row> run;
        for (std::size_t i = row; i < fresh.size() && fresh[i]->annotation.id < next; ++i)
            run.push_back({fresh[i], core::area(fresh[i]->annotation.mask)});
        beginInsertRows({}, int(row), int(row + run.size()) - 1);
        m_rows.insert(m_rows.begin() + std::ptrdiff_t(row), run.begin(), run.end());
        endInsertRows();
        row += run.size() - 1;
    }
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
    const auto place =
        std::lower_bound(m_rows.begin(), m_rows.end(), annotation, [](const Row &row, core::Id id) {
            return row.record->annotation.id < id;
        });
    return place == m_rows.end() || place->record->annotation.id != annotation
               ? -1
               : int(place - m_rows.begin());
}

} // namespace ui
