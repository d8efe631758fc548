// SPDX-License-Identifier: Apache-2.0
#pragma once

class QString;
class QWidget;

namespace ui
{

class MaskTarget;
class Tool;

/// The tool's options, and how large the mask is that it draws on, as one line for the tool bar;
/// null: it has none.
QWidget *makeToolOptions(Tool &tool, const MaskTarget &target);

/// What the mouse does with the tool, in one line.
QString toolHint(const Tool &tool);

} // namespace ui
