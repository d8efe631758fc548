// SPDX-License-Identifier: Apache-2.0
#pragma once

class QBoxLayout;

namespace ui
{

/// Puts what stands beside each other one above the other where `width`, in device-independent
/// pixels, is too little for it. `leastFirst`: what the first item needs at least; -1: its hint.
/// The width that all of it needs beside each other.
int breakRow(QBoxLayout &row, int width, int leastFirst = -1);

} // namespace ui
