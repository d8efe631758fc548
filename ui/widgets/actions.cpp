// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/actions.h"

#include "ui/widgets/theme/icons.h"
#include "ui/widgets/theme/theme.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace ui
{

Actions::Actions(QWidget *window) : QObject(window)
{
    for (const ActionGesture &gesture : actionGestures()) {
        auto *action = new QAction(actionText(gesture.id), this);
        action->setObjectName(QLatin1String(gesture.name));
        action->setShortcuts(defaultShortcuts(gesture.id));
        if (gesture.id == ActionId::HideMasks) {
            // The key acts while it is held: the canvas sees to that. The menu entry switches.
            action->setText(action->text() + QLatin1Char('\t') + action->shortcut().toString());
            action->setShortcuts(QList<QKeySequence>());
        }
        if (gesture.id == ActionId::HideMasks || gesture.id == ActionId::HidePanels ||
            gesture.id == ActionId::FullScreen)
            action->setCheckable(true);
        // The tool tip is the text without its mnemonic, with the key.
        QString tip = action->text();
        tip.remove(QLatin1Char('&'));
        if (!action->shortcut().isEmpty())
            tip +=
                QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
        action->setToolTip(tip);
        window->addAction(action);
        m_actions[gesture.id] = action;
    }
    m_actions.at(ActionId::About)->setMenuRole(QAction::AboutRole);
    m_actions.at(ActionId::Quit)->setMenuRole(QAction::QuitRole);
}

void Actions::setTheme(const Theme &theme)
{
    const QStringList icons = iconNames();
    for (const auto &[id, action] : m_actions) {
        // An action has the icon of its own name, where there is one.
        if (icons.contains(action->objectName()))
            action->setIcon(themedIcon(action->objectName(), theme));
    }
}

QMenu *Actions::menu(const QAction *action)
{
    for (QObject *object : action->associatedObjects()) {
        if (auto *menu = qobject_cast<QMenu *>(object))
            return menu;
    }
    return nullptr;
}

/// Whether a menu is divided before it.
static bool beginsGroup(ActionId id)
{
    switch (id) {
    case ActionId::NextImage:
    case ActionId::Quit:
    case ActionId::DeleteObject:
    case ActionId::RefineObject:
    case ActionId::AddCategory:
    case ActionId::Preferences:
    case ActionId::Accept:
    case ActionId::NextCandidate:
    case ActionId::UniteObjects:
    case ActionId::FillHoles:
    case ActionId::TightenMask:
    case ActionId::LargerBrush:
    case ActionId::FitImage:
    case ActionId::HideMasks:
    case ActionId::NextPart:
    case ActionId::About:
        return true;
    default:
        return false;
    }
}

void Actions::fillMenus(QMenuBar &bar) const
{
    QMenu *menu = nullptr;
    const char *section = "";
    for (const ActionGesture &gesture : actionGestures()) {
        if (qstrcmp(section, gesture.section) != 0) {
            section = gesture.section;
            menu = nullptr;
            for (QAction *known : bar.actions()) {
                if (known->objectName() == QLatin1String(section))
                    menu = known->menu();
            }
            if (!menu) {
                menu = bar.addMenu(QCoreApplication::translate("gestures", section));
                menu->menuAction()->setObjectName(QLatin1String(section));
            }
        }
        if (beginsGroup(gesture.id) && !menu->isEmpty())
            menu->addSeparator();
        menu->addAction(m_actions.at(gesture.id));
    }
}

} // namespace ui
