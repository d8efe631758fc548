// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/gestures.h"

#include <QAction>
#include <QObject>

#include <map>

class QMenu;
class QMenuBar;
class QWidget;

namespace ui
{

struct Theme;

/// One QAction for every row of the gesture table, on the window, so that its keys work everywhere
/// in it.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QWidget *window);
    QAction *operator[](ActionId id) const { return m_actions.at(id); }
    void setTheme(const Theme &theme);
    /// The menu that fillMenus() put the action in.
    static QMenu *menu(const QAction *action);
    /// One menu for every section of the table, in its order.
    void fillMenus(QMenuBar &bar) const;

private:
    std::map<ActionId, QAction *> m_actions;
};

} // namespace ui
