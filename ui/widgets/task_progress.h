// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui
{

/// How far something long is, for the status bar, and a way to stop it. Hidden at first.
class TaskProgress : public QWidget
{
    Q_OBJECT

public:
    explicit TaskProgress(const QString &what, QWidget *parent = nullptr);
    void setProgress(double progress); ///< 0..1

    /// For what is over in a moment as a rule, and of which only is known that it goes on: shown
    /// when it has not ended after half a second. `canCancel` false: there is no way to stop it.
    void begin(const QString &what, bool canCancel = true);
    void end();

Q_SIGNALS:
    void cancelled();

private:
    QLabel *m_what;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    QTimer m_moment;
};

} // namespace ui
