// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

/// The mask in which those pixels are on (or off, without `onInResult`) that are on (or off,
/// without `onInA`) in `a` and on (or off, without `onInB`) in `b`: an intersection, and by De
/// Morgan's rules also a union. The sizes must be equal.
///
/// Where one mask does not change for long, the other's runs are taken over or left out by the
/// dozen. Elsewhere no branch depends on which one changes next, which cannot be foreseen. Spans
/// are held in small portions, so that they stay in the cache whatever the size.
Rle overlap(const Rle &a, bool onInA, const Rle &b, bool onInB, bool onInResult);

} // namespace core
