// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/prompt.h"

#include <string>

namespace cli
{

/// "X,Y" or "X,Y,LABEL": original pixels, fractions allowed; 1 is foreground (the default), 0
/// background. Throws CLI::ValidationError.
core::PointPrompt parsePoint(const std::string &text);

/// "X0,Y0,X1,Y1": two opposite corners in original pixels. Throws CLI::ValidationError.
core::Box parseBox(const std::string &text);

/// Throws core::Error(BadPrompt) when a point lies outside a picture of this size or a box does not
/// touch it.
void requireInside(const core::Prompt &prompt, core::Size size);

} // namespace cli
