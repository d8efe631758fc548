// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

namespace core
{

/// Drops what lies apart from everything the prompt points at: a small model likes to add whatever
/// else in the picture has the colour of the object. A part (8-connected, logit > 0) stays when
/// - a foreground point lies in it or on its border,
/// - or it touches the positive part of the previous logits (what was accepted is not taken away),
/// - or at least half of it lies in the box.
/// When no part would stay, all of them do. A dropped part's logits change their sign, so that the
/// answer can be fed back as it is.
void keepPromptedComponents(LowResLogits &logits, const InputGeometry &geometry,
                            const Prompt &prompt);

} // namespace core
