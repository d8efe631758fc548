// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/elided_label.h"

namespace ui
{

class Toolbox;

/// What the mouse does with the tool in use, or why it does nothing, as one line for the status
/// bar.
class ToolHint : public ElidedLabel
{
    Q_OBJECT

public:
    /// `toolbox` must outlive it.
    explicit ToolHint(const Toolbox &toolbox, QWidget *parent = nullptr);

    /// Takes the place of the hint while it is not empty.
    void setNote(const QString &note);

private:
    void update();

    const Toolbox &m_toolbox;
    QString m_note;
};

} // namespace ui
