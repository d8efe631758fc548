// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"
#include "ui/editing/image_table.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

namespace ui
{

/// The document at one moment, for a background thread. Masks are shared, not copied.
struct DatasetSnapshot {
    std::filesystem::path imageRoot;
    std::shared_ptr<const ImageTable> images;
    std::vector<core::Category> categories;
    std::vector<project::AnnotationPointer> annotations; ///< by id
};

/// As exporters take it. Sizes of pictures that were never opened are read from their headers;
/// pictures that are gone or damaged and have no annotation are left out. Background thread.
/// Throws Error(Cancelled).
core::Dataset toDataset(const DatasetSnapshot &snapshot, std::stop_token stop = {});

} // namespace ui
