// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

#include <span>

namespace ui
{

/// Twenty colours that stay apart from one another for people with protanopia, deuteranopia and
/// tritanopia too. New categories get them in this order.
std::span<const QColor> palette();

/// The first colour of the palette that is not in `used`; when all are, they go round.
QColor nextColor(std::span<const QColor> used);

} // namespace ui
