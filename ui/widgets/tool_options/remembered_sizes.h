// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui
{

class Toolbox;

/// Gives the tools the sizes and tolerances that they had when the program was last closed.
void restoreToolSizes(Toolbox &toolbox);
void rememberToolSizes(const Toolbox &toolbox);

} // namespace ui
