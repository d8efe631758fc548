// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Reads Label Studio's list of tasks as a stream, one task at a time: regions of brushes,
/// polygons, ellipses and rectangles (label_studio_region.h), with labels in the same result or in
/// another of the same id. Pictures are called as label_studio_picture.h says, by their brief names
/// unless two tasks have the same one.
///
/// A task counts by its annotation that is marked as ground truth, else by the first one; cancelled
/// ones and predictions do not count. Tasks without a region take the size of their picture from
/// ReadOptions::imageFolder; without it they are left out.
/// What else stands in a region's results goes to the annotation's foreign keys, what else stands
/// in "data" to the image's. Errors as of Format::read().
ReadResult readLabelStudio(const std::filesystem::path &file, const ReadOptions &options,
                           std::stop_token stop, const Progress &progress);

} // namespace exporters
