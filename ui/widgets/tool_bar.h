// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolBar>

#include <map>

namespace ui
{

class Actions;
class ElidedLabel;
class Tool;
class Toolbox;

/// Tools, the current tool's options in one line, undo and redo, export.
class ToolBar : public QToolBar
{
    Q_OBJECT

public:
    ToolBar(const Actions &actions, Toolbox &toolbox, QWidget *parent = nullptr);

    /// More options, beside those of the current tool. The action shows and hides them.
    QAction *addOptions(QWidget *options);
    /// Takes the place of the tool's hint while it is not empty.
    void setNote(const QString &note);

private:
    void showTool(const Tool &current);

    std::map<const Tool *, QAction *> m_options;
    ElidedLabel *m_hint;
    QAction *m_hintPlace;
    QString m_toolHint;
    QString m_note;
};

} // namespace ui
