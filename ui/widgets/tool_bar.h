// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolBar>

class QLabel;
class QSlider;

namespace ui
{

class Actions;
class SmartTool;

/// Tools, the current tool's options in one line, undo and redo, export.
class ToolBar : public QToolBar
{
    Q_OBJECT

public:
    ToolBar(const Actions &actions, SmartTool &tool, QWidget *parent = nullptr);
    /// Options and hint belong to the smart tool alone.
    void setSmart(bool smart);

private:
    void showRadius(double pixels);

    QLabel *m_brush;
    QSlider *m_slider;
    QLabel *m_hint;
    QList<QAction *> m_smartOptions;
};

} // namespace ui
