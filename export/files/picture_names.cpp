// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_names.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace exporters
{
namespace
{

std::string_view fileNameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // none: all of it
}

std::string_view stemOf(std::string_view path)
{
    const std::string_view name = fileNameOf(path);
    return name.substr(0, name.rfind('.'));
}

std::optional<core::Id> numberOf(std::string_view stem)
{
    core::Id number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    if (error != std::errc() || end != stem.data() + stem.size() || number < 0)
        return {};
    return number;
}

template <typename Table, typename Key>
void insert(Table &table, const Key &key, const core::ImageRecord &image)
{
    const auto [place, isNew] = table.emplace(key, &image);
    if (!isNew)
        place->second = nullptr;
}

template <typename Table, typename Key>
const core::ImageRecord *look(const Table &table, const Key &key)
{
    const auto place = table.find(key);
    return place == table.end() ? nullptr : place->second;
}

} // namespace

PictureNames::PictureNames(std::span<const core::ImageRecord> images)
{
    for (const core::ImageRecord &image : images) {
        const std::string_view path = image.fileName;
        insert(m_byId, image.id, image);
        insert(m_byPath, path, image);
        insert(m_byFileName, fileNameOf(path), image);
        insert(m_byStem, stemOf(path), image);
        if (const std::optional<core::Id> number = numberOf(stemOf(path)))
            insert(m_byNumber, *number, image);
    }
}

const core::ImageRecord *PictureNames::find(std::string_view name) const
{
    // Folder by folder from the front: the other program may have begun further up.
    for (std::string_view tail = name; !tail.empty();) {
        if (const core::ImageRecord *image = look(m_byPath, tail))
            return image;
        const std::size_t slash = tail.find('/');
        if (slash == tail.npos)
            break;
        tail.remove_prefix(slash + 1);
    }
    if (const core::ImageRecord *image = look(m_byFileName, fileNameOf(name)))
        return image;
    return look(m_byStem, fileNameOf(name));
}

bool PictureNames::isAmbiguous(std::string_view name) const
{
    return !find(name) &&
           (m_byFileName.contains(fileNameOf(name)) || m_byStem.contains(fileNameOf(name)));
}

const core::ImageRecord *PictureNames::byId(core::Id id) const
{
    return look(m_byId, id);
}

const core::ImageRecord *PictureNames::byNumber(core::Id number) const
{
    return look(m_byNumber, number);
}

} // namespace exporters
