// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>
#include <QSize>

#include <cstddef>
#include <cstdint>

namespace ui
{

/// The rings along the outer edges of the pixels that are not 0, holes included; corners only.
/// `pixels`: a byte each, 0 or 1, `stride` from row to row. Pixels that touch at a corner alone get
/// rings of their own.
QPainterPath traceOutline(const std::uint8_t *pixels, std::ptrdiff_t stride, QSize size,
                          QPointF origin);

} // namespace ui
