// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/toolbox.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/tools/brush_tool.h"
#include "ui/editing/tools/fill_tool.h"
#include "ui/editing/tools/lasso_tool.h"
#include "ui/editing/tools/pan_tool.h"
#include "ui/editing/tools/polygon_tool.h"
#include "ui/editing/tools/scissors_tool.h"
#include "ui/editing/tools/smart_tool.h"
#include "ui/editing/tools/wand_tool.h"

namespace ui
{

template <typename T, typename... Arguments>
T *Toolbox::add(Arguments &&...arguments)
{
    auto tool = std::make_unique<T>(std::forward<Arguments>(arguments)...);
    T *added = tool.get();
    connect(added, &Tool::previewChanged, this, &Toolbox::previewChanged);
    connect(added, &Tool::optionsChanged, this, &Toolbox::optionsChanged);
    m_tools.push_back(std::move(tool));
    return added;
}

Toolbox::Toolbox(PromptSession &session, MaskTarget &target, QObject *parent)
    : QObject(parent), m_target(target)
{
    m_smart = add<SmartTool>(session);
    m_brush = add<BrushTool>(target, BrushTool::Kind::Brush);
    m_eraser = add<BrushTool>(target, BrushTool::Kind::Eraser);
    add<LassoTool>(target);
    add<FillTool>(target);
    m_wand = add<WandTool>(target);
    add<PolygonTool>(target);
    m_scissors = add<ScissorsTool>(target);
    add<PanTool>();
    m_current = m_smart;
    // A picture, a selection or an object in work that went takes a half-drawn outline with it.
    connect(&target, &MaskTarget::imageChanged, this, [this] { m_current->cancel(); });
}

Toolbox::~Toolbox() = default;

void Toolbox::setCurrent(ActionId id)
{
    for (const std::unique_ptr<Tool> &tool : m_tools) {
        if (tool->action() != id || tool.get() == m_current)
            continue;
        m_current->leave();
        m_current->cancel();
        m_current->setInUse(false);
        m_current = tool.get();
        m_current->setView(m_view);
        m_current->setInUse(true);
        Q_EMIT currentChanged();
        return;
    }
}

void Toolbox::setView(const ToolView &view)
{
    if (m_view == view)
        return;
    m_view = view;
    m_current->setView(view);
}

void Toolbox::setPicture(const QImage &picture)
{
    m_wand->setPicture(picture);
    m_scissors->setPicture(picture);
}

} // namespace ui
