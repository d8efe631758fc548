// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/input/bar_keys.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QKeyEvent>
#include <QPointer>

namespace ui
{
namespace
{

class BarKeys : public QObject
{
public:
    BarKeys(QWidget *bar, QWidget *home) : QObject(bar), m_home(home ? home : bar->parentWidget())
    {
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *bar = static_cast<QWidget *>(parent());
        if (watched == bar) {
            if (event->type() == QEvent::Hide && m_home &&
                bar->isAncestorOf(QApplication::focusWidget()))
                m_home->setFocus();
            return false;
        }
        if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
            return false;
        auto *button = qobject_cast<QAbstractButton *>(watched);
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (event->type() == QEvent::KeyPress) {
            if (isEnter && button)
                button->click();
            return isEnter && button;
        }
        if (key != Qt::Key_Tab && key != Qt::Key_Backtab && !(isEnter && button))
            return false;
        event->accept(); // no shortcut: Qt then sends it as a plain key press
        return true;
    }

private:
    QPointer<QWidget> m_home;
};

/// What in the part takes the keyboard first; null: nothing does.
QWidget *entryOf(QWidget *part)
{
    const auto takes = [](const QWidget *widget) {
        return widget->isVisible() && widget->isEnabled() &&
               (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
    };
    if (takes(part))
        return part;
    for (QWidget *widget = part->nextInFocusChain(); widget != part;
         widget = widget->nextInFocusChain()) {
        if (part->isAncestorOf(widget) && takes(widget))
            return widget;
    }
    return nullptr;
}

} // namespace

void keepBarKeys(QWidget *bar, QWidget *home)
{
    auto *keys = new BarKeys(bar, home);
    bar->installEventFilter(keys);
    const auto take = [keys](QWidget *control) {
        control->setFocusPolicy(Qt::TabFocus);
        control->installEventFilter(keys);
    };
    for (QAbstractButton *button : bar->findChildren<QAbstractButton *>())
        take(button);
    for (QAbstractSlider *slider : bar->findChildren<QAbstractSlider *>())
        take(slider);
}

void focusNextPart(const QList<QWidget *> &parts)
{
    const QWidget *focus = QApplication::focusWidget();
    qsizetype present = -1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (focus && (parts[i] == focus || parts[i]->isAncestorOf(focus)))
            present = i; // the last one is the innermost
    }
    for (qsizetype step = 1; step <= parts.size(); ++step) {
        QWidget *part = parts[(present + step) % parts.size()];
        if (QWidget *entry = part->isVisible() ? entryOf(part) : nullptr) {
            entry->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace ui
