// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// Which pictures of one dataset those of another one are.
struct PictureMatch {
    std::unordered_map<core::Id, core::Id> idOf; ///< the other's id to ours
    std::vector<std::string> missing;            ///< names of those that none of ours is
    std::vector<std::string> ambiguous;          ///< and of those that several of ours could be
};

/// By their names, see PictureNames. Two of `theirs` may be one of `ours`.
PictureMatch matchPictures(std::span<const core::ImageRecord> theirs,
                           std::span<const core::ImageRecord> ours);

} // namespace exporters
