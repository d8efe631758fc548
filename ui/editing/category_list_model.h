// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QAbstractListModel>

#include <vector>

namespace ui
{

/// The document's categories by id. The first ten have the number keys 1 to 9 and 0.
class CategoryListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< qlonglong
        ColorRole,             ///< QColor
        KeyRole,               ///< QString "1" to "9", "0"; empty from the eleventh on
    };

    explicit CategoryListModel(Document &document, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole and EditRole: name; DecorationRole: QColor.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// EditRole renames (undoable); false for empty and taken names.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    core::Id idAt(int row) const;       ///< 0: no such row
    int rowOf(core::Id category) const; ///< -1: no such category
    /// Category of a number key, 0 to 9; 0: none.
    core::Id idForKey(int digit) const;

private:
    void update();
    void removeAt(std::size_t row);

    Document &m_document;
    std::vector<core::Category> m_rows;
};

} // namespace ui
