// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/tool_hint.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/tools/toolbox.h"
#include "ui/widgets/tool_options/tool_options.h"

namespace ui
{

/// Why nothing can be drawn by hand; empty: it can.
static QString obstacle(const MaskTarget &target)
{
    if (target.isReadOnly())
        return ToolHint::tr("This project is open for reading only: nothing can be drawn");
    if (target.kind() == MaskTarget::Kind::Locked)
        return ToolHint::tr("The selected object is locked: open its lock to draw on it");
    return {};
}

ToolHint::ToolHint(const Toolbox &toolbox, QWidget *parent)
    : ElidedLabel(parent), m_toolbox(toolbox)
{
    setObjectName(QStringLiteral("toolHint"));
    setProperty("muted", true);
    connect(&toolbox, &Toolbox::currentChanged, this, &ToolHint::update);
    connect(&toolbox, &Toolbox::previewChanged, this, &ToolHint::update);
    connect(&toolbox, &Toolbox::optionsChanged, this, &ToolHint::update);
    connect(&toolbox.target(), &MaskTarget::changed, this, &ToolHint::update);
    connect(&toolbox.target(), &MaskTarget::imageChanged, this, &ToolHint::update);
    update();
}

void ToolHint::setNote(const QString &note)
{
    m_note = note;
    update();
}

void ToolHint::update()
{
    const Tool &tool = m_toolbox.current();
    const bool drawsByHand = !tool.movesPicture() && tool.action() != ActionId::SmartTool;
    const QString reason = drawsByHand ? obstacle(m_toolbox.target()) : QString();
    setText(!reason.isEmpty() ? reason : !m_note.isEmpty() ? m_note : toolHint(tool));
}

} // namespace ui
