// SPDX-License-Identifier: Apache-2.0
#pragma once

class QString;
class QWidget;

namespace ui
{

class Tool;

/// The tool's options as one line for the tool bar; null: it has none.
QWidget *makeToolOptions(Tool &tool);

/// What the mouse does with the tool, in one line.
QString toolHint(const Tool &tool);

} // namespace ui
