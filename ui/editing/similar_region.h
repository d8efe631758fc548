// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <QImage>
#include <QPoint>

#include <optional>
#include <stop_token>

namespace ui
{

/// The pixels that can be reached from `seed` by common edges over pixels of a colour like the
/// seed's: red, green and blue each differ by `tolerance` (0 to 255) at most. `picture`: RGB32.
/// None when stopped. May take a good part of a second for a large picture.
std::optional<core::Rle> similarRegion(const QImage &picture, QPoint seed, int tolerance,
                                       std::stop_token stop = {});

} // namespace ui
