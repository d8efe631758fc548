// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/files/output_folder.h"
#include "export/files/picture_places.h"
#include "export/format.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// What formats with a text for each picture have in common when they are written.
struct SplitExport {
    /// Beginning of the text of a picture; may be missing.
    std::function<std::string(const core::ImageRecord &)> head;
    /// The line of an object, or nothing if it is left out, which is for this function to count.
    std::function<std::string(const core::ImageRecord &, const core::Annotation &)> line;
    std::function<std::string(const PicturePlaces::Place &)> textName;
    std::function<std::string(const PicturePlaces::Place &)> pictureName;
};

/// Writes texts and pictures into `out` and counts them in `summary`. Returns the parts that have
/// pictures: train, val, test. Throws core::Error(BadDataset) for an annotation of another size
/// than its image, and Cancelled.
std::vector<std::string> writeSplits(AnnotationSource &source, OutputFolder &out,
                                     const WriteOptions &options, const std::stop_token &stop,
                                     const Progress &progress, WriteSummary &summary,
                                     const SplitExport &format);

} // namespace exporters
