// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

namespace sample
{

/// What tests/data/coco/two_images.json holds.
inline core::Dataset dataset()
{
    core::Dataset dataset;
    dataset.categories = {{1, "cat", "animal", 0}, {90, "tooth brush \"\u00e9\"", "", 0}};
    dataset.images = {{3, "a.jpg", {3, 2}}, {7, "sub folder/\u00fc.png", {15, 12}}};
    dataset.annotations = {
        {5, 3, 90, {{3, 2}, {0, 1, 2, 1, 1, 1}}, false},
        {2, 7, 1, {{15, 12}, {27, 5, 7, 5, 7, 5, 7, 5, 112}}, false},
        {9, 7, 1, {{15, 12}, {0, 180}}, true},
    };
    return dataset;
}

} // namespace sample
