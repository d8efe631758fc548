// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core
{

/// A block of whole pixels: the top left one, and how many. All zero when there are none.
/// As COCO's "bbox" is made from a mask: a single pixel has width and height 1.
struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PixelRect &) const = default;
    bool isEmpty() const { return width <= 0 || height <= 0; }
};

} // namespace core
