// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QAbstractListModel>
#include <QSet>

#include <vector>

namespace ui
{

/// The annotations of one image, newest at the bottom as they are painted. Hidden and locked are
/// states of the view: neither saved nor undone.
class AnnotationListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< qlonglong
        CategoryIdRole,        ///< qlonglong
        AreaRole,              ///< qlonglong, pixels
        VisibleRole,           ///< bool, may be set
        LockedRole,            ///< bool, may be set: the canvas does not select it
        CrowdRole,             ///< bool
    };

    explicit AnnotationListModel(Document &document, QObject *parent = nullptr);

    void setImage(core::Id image);
    core::Id image() const { return m_image; }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: "car #3"; DecorationRole: the category's QColor.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    core::Id idAt(int row) const;         ///< 0: no such row
    int rowOf(core::Id annotation) const; ///< -1: not of this image
    bool isVisible(core::Id annotation) const { return !m_hidden.contains(annotation); }
    bool isLocked(core::Id annotation) const { return m_locked.contains(annotation); }

private:
    struct Row {
        project::AnnotationPointer record;
        qint64 area = 0;
    };
    void update();
    void removeAllBut(const std::vector<project::AnnotationPointer> &fresh);
    void insertFrom(const std::vector<project::AnnotationPointer> &fresh);
    void reset();

    Document &m_document;
    core::Id m_image = 0;
    std::vector<Row> m_rows;
    QSet<core::Id> m_hidden;
    QSet<core::Id> m_locked;
};

} // namespace ui
