// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>

#include <cstdint>
#include <span>

namespace ui
{

/// The rings along the outer edges of the pixels that are not 0, holes included; corners only.
/// `rows` holds width x height bytes, 0 or 1. Pixels that touch at a corner alone get rings of
/// their own.
QPainterPath traceOutline(std::span<const std::uint8_t> rows, int width, int height,
                          QPointF origin);

} // namespace ui
