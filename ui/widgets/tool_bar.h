// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolBar>

#include <map>

namespace ui
{

class Actions;
struct Theme;
class Tool;
class Toolbox;

/// Tools, the current tool's options in one line, undo and redo, export.
class ToolBar : public QToolBar
{
    Q_OBJECT

public:
    ToolBar(const Actions &actions, Toolbox &toolbox, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// More options, beside those of the current tool. The action shows and hides them.
    QAction *addOptions(QWidget *options);

private:
    void showTool(const Tool &current);

    std::map<const Tool *, QAction *> m_options;
    QAction *m_rest;
};

} // namespace ui
