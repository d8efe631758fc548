// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/remembered_sizes.h"

#include "ui/editing/tools/brush_tool.h"
#include "ui/editing/tools/smart_tool.h"
#include "ui/editing/tools/toolbox.h"
#include "ui/editing/tools/wand_tool.h"
#include "ui/widgets/settings.h"

#include <cmath>

namespace ui
{

using settings::ToolNumber;

static int whole(ToolNumber number, int byDefault)
{
    return int(std::lround(settings::toolNumber(number, byDefault)));
}

void restoreToolSizes(Toolbox &toolbox)
{
    SmartTool &smart = toolbox.smart();
    smart.setBrushRadius(settings::toolNumber(ToolNumber::PromptRadius, smart.brushRadius()));
    for (const auto &[number, tool] : {std::pair(ToolNumber::BrushDiameter, &toolbox.brush()),
                                       std::pair(ToolNumber::EraserDiameter, &toolbox.eraser())})
        tool->setDiameter(whole(number, tool->diameter()));
    WandTool &wand = toolbox.wand();
    wand.setTolerance(whole(ToolNumber::WandTolerance, wand.tolerance()));
}

void rememberToolSizes(const Toolbox &toolbox)
{
    settings::setToolNumber(ToolNumber::PromptRadius, toolbox.smart().brushRadius());
    settings::setToolNumber(ToolNumber::BrushDiameter, toolbox.brush().diameter());
    settings::setToolNumber(ToolNumber::EraserDiameter, toolbox.eraser().diameter());
    settings::setToolNumber(ToolNumber::WandTolerance, toolbox.wand().tolerance());
}

} // namespace ui
