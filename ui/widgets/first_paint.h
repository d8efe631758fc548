// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <chrono>
#include <functional>

namespace ui
{

/// Calls `then` once, as soon as the widget has been painted for the first time and that is on its
/// way to the screen; after `patience` at the latest, because a window that starts minimised is
/// not painted. Not at all when the widget goes before.
void afterFirstPaint(QWidget &widget, std::function<void()> then,
                     std::chrono::milliseconds patience = std::chrono::seconds(2));

} // namespace ui
