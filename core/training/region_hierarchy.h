// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/graph_segmentation.h"

#include <vector>

namespace core
{

/// Merges neighbouring regions, the most alike first, and gives back the partition each time the
/// number of regions falls to one of `counts` (descending): nested levels from details to the large
/// parts of a picture. Alike: near in mean colour and texture, with a weak border between them;
/// small regions go first. `picture`: CV_8UC3 (Lab). `sizePenalty` in [0, 1]: how much small
/// regions are preferred.
std::vector<Partition> mergeRegions(const cv::Mat &picture, const Partition &fine,
                                    const std::vector<int> &counts, float sizePenalty);

/// Which regions a person would point at: those whose border is clearly stronger than the texture
/// inside. Bands of a gradient and patches of gravel are found by every segmentation and are
/// nothing.
std::vector<bool> distinctRegions(const cv::Mat &picture, const Partition &partition);

} // namespace core
