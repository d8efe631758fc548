// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/annotation_source.h"
#include "export/findings.h"
#include "export/options.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// Called on the working thread now and then: how much is done, 0 to 1.
using Progress = std::function<void(double share)>;

struct ReadResult {
    core::Dataset dataset;
    Findings findings; ///< what was left out or mended, and why
};

/// Something that a format cannot hold, and how many objects, pictures or categories it touched.
struct Loss {
    std::string what; ///< "holes were filled"
    std::size_t count = 0;
};

struct WriteSummary {
    std::size_t images = 0;
    std::size_t annotations = 0;
    std::vector<Loss> losses; ///< in the order in which they first occurred

    void lose(std::string_view what, std::size_t count = 1);
};

/// What a dataset of a format is on disk.
enum class Layout {
    File,   ///< one file
    Folder, ///< a folder with files of fixed places
};

/// One annotation format, reading and writing. It knows annotations and where they lie, nothing of
/// windows. A new format is one pair of files in formats/ and one line in formats.cpp.
class Format
{
public:
    virtual ~Format() = default;

    /// What the command line calls it: "yolo-seg".
    virtual std::string_view name() const = 0;
    /// What people call it: "YOLO segmentation".
    virtual std::string_view title() const = 0;
    virtual Layout layout() const = 0;
    /// How the names of its files end, where a dataset is one file.
    virtual std::string_view extension() const { return ".json"; }
    virtual bool canRead() const { return true; }
    virtual bool canWrite() const { return true; }
    /// Whether one dataset of it has parts for training, validation and test, which
    /// WriteOptions::split fills.
    virtual bool knowsSplits() const { return false; }
    /// One plain sentence for the export dialog: what it cannot hold. Empty: it holds everything.
    virtual std::string_view limits() const { return {}; }

    /// A cheap look (names in a folder, the first kilobytes of a file) at whether `input` is of
    /// this format. Never throws; what cannot be looked at is of no format.
    virtual bool recognises(const std::filesystem::path &input) const = 0;

    /// Reads all of `input`. What breaks the format is left out with a finding that names file and
    /// place, and the rest is read.
    /// Throws core::Error(FileNotFound, FileUnreadable), BadDataset for what is no such input as a
    /// whole, and Cancelled.
    virtual ReadResult read(const std::filesystem::path &input, const ReadOptions &options = {},
                            std::stop_token stop = {}, const Progress &progress = {}) const;

    /// Writes everything in `source` to `target`, which appears whole or not at all: after an error
    /// or a stop what was there before is untouched. Takes one picture's masks into memory at a
    /// time. What the format cannot hold is counted in the summary.
    /// Throws core::Error(BadDataset) for annotations that no format can hold, FileUnwritable,
    /// DiskFull, and Cancelled when `stop` asked for it.
    virtual WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                               const WriteOptions &options = {}, std::stop_token stop = {},
                               const Progress &progress = {}) const;
};

} // namespace exporters
