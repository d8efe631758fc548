// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace exporters
{

/// Finds the pictures of a dataset that another program means: it may have seen them in another
/// folder, or know them by a number. Views the images, which must outlive it.
class PictureNames
{
public:
    explicit PictureNames(std::span<const core::ImageRecord> images);

    /// Null: none, or several that could be meant (isAmbiguous). The picture whose path ends like
    /// `name` or is the end of it; else the only one of that file name, with or without its ending.
    const core::ImageRecord *find(std::string_view name) const;
    bool isAmbiguous(std::string_view name) const;

    const core::ImageRecord *byId(core::Id id) const;
    /// The only one whose file name is that number: 139 is "val/000000000139.jpg".
    const core::ImageRecord *byNumber(core::Id number) const;

private:
    /// Null: several have it.
    template <typename Key>
    using Table = std::unordered_map<Key, const core::ImageRecord *>;

    Table<core::Id> m_byId;
    Table<std::string_view> m_byPath;
    Table<std::string_view> m_byFileName;
    Table<std::string_view> m_byStem; ///< the file name without its ending
    Table<core::Id> m_byNumber;
};

} // namespace exporters
