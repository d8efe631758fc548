// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

class QWidget;

namespace ui
{

/// Makes the controls of a bar reachable by keyboard: by Tab from one to the next, whatever else
/// Tab means in the window, and Enter presses the button it stands on. The mouse does not take the
/// keyboard there, and a bar that goes gives it back to `home`; null: to what the bar lies on.
void keepBarKeys(QWidget *bar, QWidget *home = nullptr);

/// Gives the keyboard to the next of the window's parts, after the one that has it now, in which
/// something can take it. Parts may lie within others that stand before them.
void focusNextPart(const QList<QWidget *> &parts);

} // namespace ui
