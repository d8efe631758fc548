// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/size_slider.h"

#include "ui/editing/tools/tool.h"
#include "ui/widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace ui
{

// The slider is logarithmic: a step is a tenth more or less.
static constexpr double sliderBase = 1.1;
static constexpr int sliderMaximum = 60; // 1.1^60 = 304 pixels

SizeSlider::SizeSlider(const QString &text, const QString &toolTip, Scale scale, QWidget *parent)
    : QWidget(parent), m_text(text), m_scale(scale), m_label(new QLabel),
      m_slider(new QSlider(Qt::Horizontal))
{
    m_label->setProperty("muted", true);
    m_label->setMinimumWidth(fontMetrics().horizontalAdvance(text.arg(QStringLiteral("000"))) +
                             metrics::space);
    m_slider->setRange(0, scale == Scale::Levels ? 255 : sliderMaximum);
    m_slider->setFixedWidth(80);
    m_slider->setToolTip(toolTip);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_label);
    layout->addWidget(m_slider);
}

void SizeSlider::follow(const Tool &tool, std::function<double()> get,
                        const std::function<void(double)> &set)
{
    connect(m_slider, &QSlider::valueChanged, this, [this, set](int value) {
        set(m_scale == Scale::Levels ? double(value) : std::pow(sliderBase, value));
    });
    show(get());
    connect(&tool, &Tool::optionsChanged, this, [this, get = std::move(get)] { show(get()); });
}

void SizeSlider::show(double number)
{
    m_label->setText(m_text.arg(std::lround(number)));
    const QSignalBlocker blocker(m_slider);
    const double place =
        m_scale == Scale::Levels ? number : std::log(number) / std::log(sliderBase);
    m_slider->setValue(static_cast<int>(std::lround(place)));
}

} // namespace ui
