// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QProgressBar;

namespace ui
{

/// How far something long is, for the status bar, and a way to stop it. Hidden at first.
class TaskProgress : public QWidget
{
    Q_OBJECT

public:
    explicit TaskProgress(const QString &what, QWidget *parent = nullptr);
    void setProgress(double progress); ///< 0..1

Q_SIGNALS:
    void cancelled();

private:
    QProgressBar *m_bar;
};

} // namespace ui
