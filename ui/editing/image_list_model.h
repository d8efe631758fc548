// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QAbstractListModel>
#include <QSet>

#include <vector>

namespace ui
{

class ThumbnailStore;

/// The document's images whose names contain the search text. Rows are ids; thumbnails are read in
/// the background when a view asks for them.
class ImageListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    /// The dot beside the name.
    enum class State { Empty, HasObjects, Unreadable };
    Q_ENUM(State)
    enum Role {
        IdRole = Qt::UserRole, ///< qlonglong
        StateRole,             ///< State
        CountRole,             ///< int, objects
        SizeRole,              ///< QSize, invalid until known
    };

    explicit ImageListModel(Document &document, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: name; ToolTipRole: path; DecorationRole: QImage thumbnail, null until it is
    /// read.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void setSearch(const QString &text);
    const QString &search() const { return m_search; }
    /// Noted when a picture could not be read.
    void setUnreadable(core::Id image, bool unreadable);

    core::Id idAt(int row) const;    ///< 0: no such row
    int rowOf(core::Id image) const; ///< -1: not in the list
    /// The image `step` rows on in the list; 0 at the ends.
    core::Id neighbor(core::Id image, int step) const;

private:
    std::vector<std::uint32_t> find() const;
    bool isSearching() const { return !m_search.trimmed().isEmpty(); }
    const core::ImageRecord &imageAt(int row) const;
    void changed(core::Id image, const QList<int> &roles);

    Document &m_document;
    ThumbnailStore *m_thumbnails = nullptr;
    QString m_search;
    std::vector<std::uint32_t> m_found; ///< while searching: the rows in the document's images
    QSet<core::Id> m_unreadable;
};

} // namespace ui
