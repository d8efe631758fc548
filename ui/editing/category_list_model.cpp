// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/category_list_model.h"

#include "ui/editing/edits.h"

#include <algorithm>

namespace ui
{

CategoryListModel::CategoryListModel(Document &document, QObject *parent)
    : QAbstractListModel(parent), m_document(document), m_rows(document.categories())
{
    connect(&document, &Document::categoriesChanged, this, &CategoryListModel::update);
}

/// As AnnotationListModel::update.
void CategoryListModel::update()
{
    std::size_t row = 0;
    for (const core::Category &category : m_document.categories()) {
        while (row < m_rows.size() && m_rows[row].id < category.id)
            removeAt(row);
        if (row == m_rows.size() || m_rows[row].id != category.id) {
            beginInsertRows({}, int(row), int(row));
            m_rows.insert(m_rows.begin() + std::ptrdiff_t(row), category);
            endInsertRows();
        } else if (m_rows[row] != category) {
            m_rows[row] = category;
            Q_EMIT dataChanged(index(int(row)), index(int(row)));
        }
        ++row;
    }
    while (row < m_rows.size())
        removeAt(row);
    if (!m_rows.empty()) // what comes or goes moves the number keys of the others
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {KeyRole});
}

void CategoryListModel::removeAt(std::size_t row)
{
    beginRemoveRows({}, int(row), int(row));
    m_rows.erase(m_rows.begin() + std::ptrdiff_t(row));
    endRemoveRows();
}

int CategoryListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CategoryListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const core::Category &category = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return QString::fromStdString(category.name);
    case Qt::DecorationRole:
    case ColorRole:
        return QColor::fromRgb(category.color);
    case IdRole:
        return qlonglong(category.id);
    case KeyRole:
        return index.row() < 10 ? QString::number((index.row() + 1) % 10) : QString();
    default:
        return {};
    }
}

bool CategoryListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) && role == Qt::EditRole &&
           renameCategory(m_document, idAt(index.row()), value.toString());
}

Qt::ItemFlags CategoryListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() && !m_document.isReadOnly() ? flags | Qt::ItemIsEditable : flags;
}

core::Id CategoryListModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : m_rows[std::size_t(row)].id;
}

int CategoryListModel::rowOf(core::Id category) const
{
    const auto place =
        std::find_if(m_rows.begin(), m_rows.end(),
                     [category](const core::Category &row) { return row.id == category; });
    return place == m_rows.end() ? -1 : int(place - m_rows.begin());
}

core::Id CategoryListModel::idForKey(int digit) const
{
    return idAt(digit == 0 ? 9 : digit - 1);
}

} // namespace ui
