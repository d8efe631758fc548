// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_list.h"
#include "ui/editing/image_table.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace ui
{

/// The document at one moment, for a background thread. Masks are shared, not copied.
struct DatasetSnapshot {
    std::filesystem::path imageRoot;
    std::shared_ptr<const ImageTable> images;
    std::vector<core::Category> categories;
    AnnotationList annotations;
    core::ForeignKeys foreign = {};
};

/// Of a picture that may never have been opened, from its header; {0, 0}: it cannot be read, and
/// opening it will tell why. Background thread.
core::Size pictureSize(const std::filesystem::path &imageRoot, const core::ImageRecord &image);

} // namespace ui
