// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ui
{

struct Theme;

/// What Fusion's palette cannot say: hairlines, paddings, flat buttons. Kept small.
QString styleSheet(const Theme &theme);

} // namespace ui
