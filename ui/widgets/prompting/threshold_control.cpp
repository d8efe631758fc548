// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/prompting/threshold_control.h"

#include "ui/editing/prompt_session.h"
#include "ui/widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace ui
{
namespace
{

constexpr int perLogit = 10; ///< steps of the slider
constexpr float keyStep = 0.5f;

QString labelOf(float threshold)
{
    const QString number = QLocale().toString(double(threshold), 'f', 1);
    return ThresholdControl::tr("Threshold %1")
        .arg(threshold > 0 ? QLatin1Char('+') + number : number);
}

} // namespace

ThresholdControl::ThresholdControl(PromptSession &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_label(new QLabel),
      m_slider(new QSlider(Qt::Horizontal)), m_reset(new QToolButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::space, 0, metrics::space, 0);
    layout->addWidget(m_label);
    layout->addWidget(m_slider);
    layout->addWidget(m_reset);

    m_label->setProperty("muted", true);
    m_label->setMinimumWidth(
        fontMetrics().horizontalAdvance(labelOf(PromptSession::thresholdRange)) + metrics::space);
    const int range = static_cast<int>(PromptSession::thresholdRange * perLogit);
    m_slider->setRange(-range, range);
    m_slider->setFixedWidth(80);
    m_slider->setToolTip(tr("Wider to the left, tighter to the right ([ and ])"));
    m_slider->setAccessibleName(tr("Threshold of the mask"));
    m_reset->setText(tr("Reset"));
    m_reset->setToolTip(tr("The model's own border"));
    QSizePolicy kept = m_reset->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing beside it moves
    m_reset->setSizePolicy(kept);

    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_session.setThreshold(float(value) / perLogit); });
    connect(m_reset, &QToolButton::clicked, this, [this] { m_session.setThreshold(0); });
    connect(&session, &PromptSession::promptChanged, this, &ThresholdControl::update);
    connect(&session, &PromptSession::candidatesChanged, this, &ThresholdControl::update);
    update();
}

void ThresholdControl::step(int steps)
{
    m_session.setThreshold(m_session.threshold() + float(steps) * keyStep);
}

void ThresholdControl::update()
{
    const float threshold = m_session.threshold();
    m_label->setText(labelOf(threshold));
    m_reset->setVisible(threshold != 0);
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(static_cast<int>(std::lround(threshold * perLogit)));
    m_slider->setEnabled(m_session.canSetThreshold());
    Q_EMIT usable(m_session.canSetThreshold());
}

} // namespace ui
