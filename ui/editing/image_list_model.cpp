// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/image_list_model.h"

#include "ui/editing/path_text.h"
#include "ui/editing/thumbnail_store.h"

#include <QImage>
#include <QSize>

#include <algorithm>

namespace ui
{

ImageListModel::ImageListModel(Document &document, QObject *parent)
    : QAbstractListModel(parent), m_document(document), m_thumbnails(new ThumbnailStore(this))
{
    connect(&document, &Document::projectChanged, this, [this] {
        m_thumbnails->clear();
        m_unreadable.clear();
    });
    connect(&document, &Document::imageRootChanged, this, [this] {
        beginResetModel();
        m_thumbnails->clear();
        m_unreadable.clear();
        endResetModel();
    });
    connect(&document, &Document::imagesAboutToChange, this, [this] { beginResetModel(); });
    connect(&document, &Document::imagesChanged, this, [this] {
        m_found = find();
        endResetModel();
    });
    connect(&document, &Document::imageChanged, this,
            [this](core::Id image) { changed(image, {SizeRole}); });
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        changed(image, {StateRole, CountRole});
    });
    connect(m_thumbnails, &ThumbnailStore::ready, this,
            [this](core::Id image) { changed(image, {Qt::DecorationRole}); });
}

int ImageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(isSearching() ? m_found.size() : m_document.images().size());
}

const core::ImageRecord &ImageListModel::imageAt(int row) const
{
    const auto place = std::size_t(row);
    return m_document.images()[isSearching() ? m_found[place] : place];
}

QVariant ImageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const core::ImageRecord &image = imageAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(image.fileName);
    case Qt::ToolTipRole:
        return pathText(m_document.imagePath(image.id));
    case Qt::DecorationRole:
        return m_thumbnails->thumbnail(image.id, m_document.imagePath(image.id));
    case IdRole:
        return qlonglong(image.id);
    case StateRole:
        if (m_unreadable.contains(image.id))
            return QVariant::fromValue(State::Unreadable);
        return QVariant::fromValue(m_document.annotationCount(image.id) > 0 ? State::HasObjects
                                                                            : State::Empty);
    case CountRole:
        return m_document.annotationCount(image.id);
    case SizeRole:
        return image.size.isEmpty() ? QSize() : QSize(image.size.width, image.size.height);
    default:
        return {};
    }
}

void ImageListModel::setSearch(const QString &text)
{
    if (m_search == text)
        return;
    beginResetModel();
    m_search = text;
    m_found = find();
    endResetModel();
}

void ImageListModel::setUnreadable(core::Id image, bool unreadable)
{
    if (m_unreadable.contains(image) == unreadable)
        return;
    if (unreadable)
        m_unreadable.insert(image);
    else
        m_unreadable.remove(image);
    changed(image, {StateRole});
}

core::Id ImageListModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : imageAt(row).id;
}

int ImageListModel::rowOf(core::Id image) const
{
    const int place = m_document.imageTable().rowOf(image);
    if (!isSearching() || place < 0)
        return place;
    const auto found = std::lower_bound(m_found.begin(), m_found.end(), std::uint32_t(place));
    return found == m_found.end() || *found != std::uint32_t(place) ? -1
                                                                    : int(found - m_found.begin());
}

core::Id ImageListModel::neighbor(core::Id image, int step) const
{
    const int row = rowOf(image);
    return row < 0 ? idAt(0) : idAt(row + step);
}

std::vector<std::uint32_t> ImageListModel::find() const
{
    return isSearching() ? m_document.imageTable().search(m_search.trimmed())
                         : std::vector<std::uint32_t>();
}

void ImageListModel::changed(core::Id image, const QList<int> &roles)
{
    if (const int row = rowOf(image); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), roles);
}

} // namespace ui
