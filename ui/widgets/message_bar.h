// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPropertyAnimation;
class QPushButton;
class QTimer;
class QToolButton;

namespace ui
{

/// A sentence and at most one button that slide in at the top of the widget it lies on. For what
/// went wrong and needs no decision; the user's work goes on underneath.
class MessageBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Information, Warning, Error };

    explicit MessageBar(QWidget *parent);
    void setTheme(const Theme &theme);

    /// Information leaves by itself after a while; warnings and errors stay until closed.
    void showMessage(Kind kind, const QString &text);
    void showMessage(Kind kind, const QString &text, const QString &button,
                     std::function<void()> action);
    void dismiss();
    /// What a click on the button does.
    void triggerAction();
    QString text() const;
    Kind kind() const { return m_kind; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void slide(bool in);

    Theme m_theme;
    Kind m_kind = Kind::Information;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    QPropertyAnimation *m_animation;
    QTimer *m_timer;
    std::function<void()> m_action;
};

} // namespace ui
