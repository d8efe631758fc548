// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool.h"

#include <memory>
#include <vector>

namespace ui
{

class BrushTool;
class MaskTarget;
class PromptSession;
class ScissorsTool;
class SmartTool;
class WandTool;

/// All tools and the one in use. The order is that of the tool bar.
class Toolbox : public QObject
{
    Q_OBJECT

public:
    Toolbox(PromptSession &session, MaskTarget &target, QObject *parent = nullptr);
    ~Toolbox() override;

    const std::vector<std::unique_ptr<Tool>> &tools() const { return m_tools; }
    Tool &current() const { return *m_current; }
    /// What is half drawn with the present tool is dropped.
    void setCurrent(ActionId tool);
    const MaskTarget &target() const { return m_target; }
    SmartTool &smart() const { return *m_smart; }
    BrushTool &brush() const { return *m_brush; }
    BrushTool &eraser() const { return *m_eraser; }
    WandTool &wand() const { return *m_wand; }
    /// What of the picture is on screen, for the tool in use and those that follow.
    void setView(const ToolView &view);
    /// The open picture's pixels; null: none.
    void setPicture(const QImage &picture);

Q_SIGNALS:
    void currentChanged();
    void previewChanged();
    void optionsChanged();

private:
    template <typename T, typename... Arguments>
    T *add(Arguments &&...arguments);

    MaskTarget &m_target;
    std::vector<std::unique_ptr<Tool>> m_tools;
    SmartTool *m_smart;
    BrushTool *m_brush;
    BrushTool *m_eraser;
    WandTool *m_wand;
    ScissorsTool *m_scissors;
    Tool *m_current;
    ToolView m_view;
};

} // namespace ui
