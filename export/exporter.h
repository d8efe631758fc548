// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/annotation_source.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>

namespace exporters
{

struct ExportOptions {
    bool compressRuns = true; ///< COCO: run lengths as a string; otherwise as a list of numbers
};

struct ExportSummary {
    std::size_t images = 0;
    std::size_t annotations = 0;
    std::size_t emptyMasks = 0; ///< left out: a region without pixels is not an annotation
};

/// Called on the exporting thread after each image.
using Progress = std::function<void(std::size_t imagesDone, std::size_t imagesInAll)>;

/// One annotation format. It knows the annotations and where they go, nothing of windows. A new
/// format is one pair of files and one line in exporters.cpp.
class Exporter
{
public:
    virtual ~Exporter() = default;

    /// What the command line and the export dialog call the format: "coco".
    virtual std::string_view name() const = 0;

    /// Writes everything in `source` to `target`, which appears whole or not at all: after an error
    /// or a stop what was there before is untouched. Takes one image's masks into memory at a time.
    /// Throws core::Error(BadDataset) for annotations that the format forbids, FileUnwritable,
    /// DiskFull, and Cancelled when `stop` asked for it.
    virtual ExportSummary write(AnnotationSource &source, const std::filesystem::path &target,
                                const ExportOptions &options = {}, std::stop_token stop = {},
                                const Progress &progress = {}) const = 0;
};

} // namespace exporters
