// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"
#include "core/segmentation/mask_candidate.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cli
{

/// One object's answers, best first; written is the first, or all.
using ObjectMasks = std::vector<core::MaskCandidate>;

/// The COCO file of one picture: an annotation per mask, with its predicted IoU as "score" and its
/// stability score beside COCO's own keys. Masks without pixels are left out: COCO forbids them.
std::string cocoText(const std::filesystem::path &imageFile, core::Size size,
                     const std::vector<ObjectMasks> &objects, bool allCandidates,
                     const std::string &category);

/// Every object's best mask in one black-and-white PNG.
void writeMaskPng(const std::filesystem::path &file, core::Size size,
                  const std::vector<ObjectMasks> &objects);

/// The picture with every object's best mask drawn over it, each in a colour of its own.
void writeOverlayPng(const std::filesystem::path &file, core::Image image,
                     const std::vector<ObjectMasks> &objects);

} // namespace cli
