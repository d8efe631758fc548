// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace core
{

/// A partition in regions 0 ... count - 1: `labels` is CV_32S.
struct Partition {
    cv::Mat labels;
    int count = 0;
};

/// Efficient graph-based segmentation (Felzenszwalb and Huttenlocher, IJCV 2004) with 8 neighbours.
/// `picture`: CV_8UC3, already smoothed. `scale`: larger gives larger regions. `minimumSize`:
/// smaller regions join a neighbour.
Partition segmentByGraph(const cv::Mat &picture, float scale, int minimumSize);

} // namespace core
