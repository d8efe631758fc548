// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/task_progress.h"

#include "ui/widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace ui
{

static constexpr int steps = 1000;

TaskProgress::TaskProgress(const QString &what, QWidget *parent)
    : QWidget(parent), m_what(new QLabel(what)), m_bar(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::space, 0, metrics::space, 0);
    layout->setSpacing(2 * metrics::space);
    m_bar->setFixedSize(140, 14);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, steps);
    layout->addWidget(m_what);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &TaskProgress::cancelled);
    m_moment.setSingleShot(true);
    m_moment.setInterval(500);
    connect(&m_moment, &QTimer::timeout, this, &QWidget::show);
    hide();
}

void TaskProgress::begin(const QString &what, bool canCancel)
{
    m_what->setText(what);
    m_cancel->setVisible(canCancel);
    m_bar->setRange(0, 0);
    if (isHidden() && !m_moment.isActive())
        m_moment.start();
}

void TaskProgress::end()
{
    m_moment.stop();
    hide();
}

void TaskProgress::setProgress(double progress)
{
    m_bar->setRange(0, steps);
    m_bar->setValue(int(progress * steps));
}

} // namespace ui
