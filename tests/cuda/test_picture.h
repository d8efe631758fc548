// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <cmath>

/// A slope with a bright disc in the middle.
inline core::Image testPicture(core::Size size)
{
    core::Image image(size);
    for (int y = 0; y < size.height; ++y) {
        std::uint8_t *pixel = image.row(y);
        for (int x = 0; x < size.width; ++x, pixel += 3) {
            const bool inside =
                std::hypot(x - size.width / 2, y - size.height / 2) < size.height / 4;
            pixel[0] = inside ? 230 : static_cast<std::uint8_t>(x / 16);
            pixel[1] = inside ? 200 : static_cast<std::uint8_t>(y / 16);
            pixel[2] = inside ? 40 : 90;
        }
    }
    return image;
}
