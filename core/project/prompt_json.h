// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <string>

namespace project
{

/// {"points": [[x, y, label], ...], "box": [x0, y0, x1, y1], "strokes": [{"path": [[x, y], ...],
/// "radius": r, "label": l}]}; what is empty is left out. Numbers survive to the last bit.
std::string toJson(const PromptRecord &prompt);

/// Throws Error(BadProject) without a file's name.
PromptRecord promptFromJson(const std::string &text);

} // namespace project
