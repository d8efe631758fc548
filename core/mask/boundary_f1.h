// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

namespace core
{

/// How well the outlines of two masks agree, 0..1: the harmonic mean of the shares of each outline
/// that lies within `tolerance` of the other's. An outline is the pixels of the mask that have one
/// of their four neighbours outside it; the picture's border is no outline. `tolerance` is a share
/// of the picture's diagonal, rounded up to whole pixels; 0.008 is the DAVIS benchmark's. Two empty
/// outlines agree (1).
double boundaryF1(const Mask &answer, const Mask &target, double tolerance = 0.008);

} // namespace core
