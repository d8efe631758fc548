// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLineEdit;

namespace ui
{

/// Enter, Esc and Tab are keys of the window. While this field has the keyboard they are its own.
void keepTextKeys(QLineEdit *field);

} // namespace ui
