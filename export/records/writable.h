// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// The categories of an export by id. Throws core::Error(BadDataset) when two have the same id.
std::unordered_map<core::Id, core::Category>
categoriesById(const std::vector<core::Category> &categories);

/// Throws core::Error(BadDataset) unless the annotation belongs to `image`, its category is there,
/// and its mask has the picture's size and is whole.
void requireWritable(const core::ImageRecord &image, const core::Annotation &annotation,
                     const std::unordered_map<core::Id, core::Category> &categories);

/// For what is written pixel by pixel, as run lengths are not. Throws core::Error(BadDataset) for
/// more pixels than a picture has that this program opens: a file may claim any size.
void requireDrawable(core::Size size, const std::string &what);

/// Throws core::Error(Cancelled) when `stop` asked for it.
void continueExport(const std::stop_token &stop);

} // namespace exporters
