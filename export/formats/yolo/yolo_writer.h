// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/format.h"

#include <functional>
#include <vector>

namespace exporters
{

/// The numbers after an object's class, in pixels, x and y in turn; empty leaves it out.
using YoloNumbers =
    std::function<std::vector<double>(const core::ImageRecord &, const core::Annotation &)>;

/// Writes a YOLO folder: data.yaml, labels/<split>/x.txt and, where the options ask for pictures,
/// images/<split>/x.jpg. Class numbers are from 0 in the order of categories. A picture without
/// objects has an empty file of labels.
///
/// Numbers are written as shares of the picture's size with six decimals, with eight in pictures
/// above 100,000 pixels wide or high, so that each is a twentieth of a pixel off at most. What is
/// written and lost is counted in `summary`.
void writeYolo(AnnotationSource &source, const std::filesystem::path &target,
               const WriteOptions &options, const std::stop_token &stop, const Progress &progress,
               WriteSummary &summary, const YoloNumbers &numbersOf);

/// The same for what follows from a picture's size and an object alone.
using YoloBoxNumbers = std::vector<double> (*)(core::Size, const core::Annotation &,
                                               WriteSummary &);
WriteSummary writeYoloBoxes(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, const std::stop_token &stop,
                            const Progress &progress, YoloBoxNumbers numbersOf);

} // namespace exporters
