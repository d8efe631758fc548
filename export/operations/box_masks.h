// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"
#include "export/detection_reader.h"

#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// One annotation for each detection, in their order: the mask that `segmenter` gives for its box,
/// its score and foreign keys, and "predicted_iou" and "stability_score" among them. Ids are left
/// 0; `categoryIds` are by the detections' names. The picture is encoded once, boxes are asked
/// several at a time; `lookCloser` has each answer looked at closer where the segmenter gains by
/// it, which encodes a part of the picture for each. A box in which nothing is found gives a mask
/// without pixels.
///
/// Throws what the segmenter throws, and core::Error(Cancelled).
std::vector<core::Annotation>
masksOfBoxes(core::Segmenter &segmenter, core::ImageView image,
             std::span<const Detection *const> detections,
             const std::unordered_map<std::string, core::Id> &categoryIds, bool lookCloser,
             const std::stop_token &stop = {});

} // namespace exporters
