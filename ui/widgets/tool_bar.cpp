// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_bar.h"

#include "ui/editing/tools/toolbox.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/theme/icons.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/tool_options/tool_options.h"

#include <QAction>
#include <QToolButton>

namespace ui
{

ToolBar::ToolBar(const Actions &actions, Toolbox &toolbox, QWidget *parent) : QToolBar(parent)
{
    setObjectName(QStringLiteral("tools"));
    setWindowTitle(tr("Tools"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setIconSize({metrics::icon, metrics::icon});
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (const std::unique_ptr<Tool> &tool : toolbox.tools())
        addAction(actions[tool->action()]);
    addSeparator();

    for (const std::unique_ptr<Tool> &tool : toolbox.tools()) {
        if (QWidget *options = makeToolOptions(*tool, toolbox.target()))
            m_options[tool.get()] = addWidget(options);
    }
    auto *rest = new QWidget; // what follows stands at the right
    rest->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_rest = addWidget(rest);

    for (const ActionId id : {ActionId::Everything, ActionId::Drop, ActionId::Accept})
        addAction(actions[id]);
    addSeparator();
    for (const ActionId id : {ActionId::Undo, ActionId::Redo})
        addAction(actions[id]);
    addSeparator();
    addAction(actions[ActionId::ExportDataset]);
    for (const ActionId id : {ActionId::SmartTool, ActionId::ExportDataset, ActionId::Accept}) {
        if (auto *button = qobject_cast<QToolButton *>(widgetForAction(actions[id])))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }

    connect(&toolbox, &Toolbox::currentChanged, this,
            [this, &toolbox] { showTool(toolbox.current()); });
    showTool(toolbox.current());
}

/// Qt's own button for what has no room is an arrow of a few pixels that the style sheet's padding
/// hides.
void ToolBar::setTheme(const Theme &theme)
{
    auto *more = findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"));
    more->setIcon(themedIcon(QStringLiteral("more"), theme));
    more->setToolTip(tr("More"));
    more->setAccessibleName(more->toolTip());
}

void ToolBar::showTool(const Tool &current)
{
    for (const auto &[tool, options] : m_options)
        options->setVisible(tool == &current);
}

QAction *ToolBar::addOptions(QWidget *options)
{
    return insertWidget(m_rest, options);
}

} // namespace ui
