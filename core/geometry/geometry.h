// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace core
{

/// Width and height in pixels. The order (H, W) exists only inside core/torch and in file formats.
struct Size {
    int width = 0;
    int height = 0;
    bool operator==(const Size &) const = default;
    bool isEmpty() const { return width <= 0 || height <= 0; }
    long long area() const { return static_cast<long long>(width) * height; }
};

/// A position in the original picture, in pixels, origin at the top left corner of the top left
/// pixel's centre as SAM takes it: (0, 0) is the centre of the first pixel.
struct ImagePoint {
    double x = 0;
    double y = 0;
    bool operator==(const ImagePoint &) const = default;
};

/// A position in the resized-and-padded picture the model sees. A type of its own, so that mixing
/// the two frames does not compile.
struct ModelPoint {
    float x = 0;
    float y = 0;
    bool operator==(const ModelPoint &) const = default;
};

/// Two corners (XYXY) in original pixels, as SAM takes boxes; COCO's XYWH exists only in exporters.
struct Box {
    double x0 = 0;
    double y0 = 0;
    double x1 = 0;
    double y1 = 0;
    bool operator==(const Box &) const = default;
    double width() const { return x1 - x0; }
    double height() const { return y1 - y0; }
    Box normalized() const
    {
        return {std::min(x0, x1), std::min(y0, y1), std::max(x0, x1), std::max(y0, y1)};
    }
};

} // namespace core
