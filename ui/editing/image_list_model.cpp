// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/image_list_model.h"

#include "ui/editing/thumbnail_store.h"

#include <QImage>
#include <QSize>

namespace ui
{

ImageListModel::ImageListModel(Document &document, QObject *parent)
    : QAbstractListModel(parent), m_document(document), m_thumbnails(new ThumbnailStore(this))
{
    connect(&document, &Document::imagesChanged, this, [this] {
        m_thumbnails->clear();
        m_unreadable.clear();
        rebuild();
    });
    connect(&document, &Document::imageChanged, this,
            [this](core::Id image) { changed(image, {SizeRole}); });
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        changed(image, {StateRole, CountRole});
    });
    connect(m_thumbnails, &ThumbnailStore::ready, this,
            [this](core::Id image) { changed(image, {Qt::DecorationRole}); });
    rebuild();
}

int ImageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ImageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const core::ImageRecord &image = m_document.images()[m_rows[std::size_t(index.row())]];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(image.fileName);
    case Qt::ToolTipRole:
        return QString::fromStdU16String(m_document.imagePath(image.id).generic_u16string());
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
    m_search = text;
    rebuild();
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
    return row < 0 || row >= rowCount() ? 0 : m_document.images()[m_rows[std::size_t(row)]].id;
}

int ImageListModel::rowOf(core::Id image) const
{
    return m_rowOf.value(image, -1);
}

core::Id ImageListModel::neighbor(core::Id image, int step) const
{
    const int row = rowOf(image);
    return row < 0 ? idAt(0) : idAt(row + step);
}

void ImageListModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    const QString needle = m_search.trimmed();
    for (std::size_t i = 0; i < m_document.images().size(); ++i) {
        const core::ImageRecord &image = m_document.images()[i];
        if (!needle.isEmpty() &&
            !QString::fromStdString(image.fileName).contains(needle, Qt::CaseInsensitive))
            continue;
        m_rowOf.insert(image.id, int(m_rows.size()));
        m_rows.push_back(i);
    }
    endResetModel();
}

void ImageListModel::changed(core::Id image, const QList<int> &roles)
{
    if (const int row = rowOf(image); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), roles);
}

} // namespace ui
