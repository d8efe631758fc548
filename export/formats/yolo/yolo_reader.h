// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"
#include "export/format.h"

#include <span>

namespace exporters
{

/// Makes an object's mask or box of the numbers after its class, shares of the picture's size.
/// Returns false after telling `place` what is wrong.
using YoloShape = bool (*)(std::span<const double> numbers, core::Size size,
                           core::Annotation &annotation, const FindingPlace &place);

/// Reads a YOLO folder (yolo_folder.h) whose lines are of `shape`. Class 0 has id 1 and so on;
/// pictures are numbered from 1 in the natural order of their names, and know their part of the
/// dataset (splits.h).
ReadResult readYolo(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress, YoloShape shape);

/// Whether all numbers are shares, 0 to 1. Those a little outside are told, for training refuses
/// the whole picture, and cut off at the border; those far outside are pixels most likely, and
/// refused.
bool areShares(std::span<const double> numbers, const FindingPlace &place);

/// Fills an outline given in shares; false, and told, when it holds no pixel.
bool fillShares(std::span<const double> xy, core::Size size, core::Annotation &annotation,
                const FindingPlace &place);

} // namespace exporters
