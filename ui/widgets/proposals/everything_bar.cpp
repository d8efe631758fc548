// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/everything_bar.h"

#include "ui/editing/everything_session.h"
#include "ui/widgets/input/bar_keys.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>

#include <cmath>

namespace ui
{
namespace
{

constexpr int widest = 620;
constexpr int shareSteps = 100; ///< of a share from 0 to 1

// The area slider is logarithmic: ten steps are a factor of ten.
constexpr double areaBase = 1.2589254117941673;
constexpr int areaSteps = 60; // 10^6 pixels

std::int64_t areaOf(int step)
{
    return step == 0 ? 0 : std::llround(std::pow(areaBase, step));
}

int stepOf(std::int64_t area)
{
    return area < 2 ? 0 : int(std::lround(std::log(double(area)) / std::log(areaBase)));
}

} // namespace

EverythingBar::EverythingBar(EverythingSession &session, QWidget *canvas)
    : CanvasBar(canvas, widest), m_session(session), m_count(new QLabel), m_all(new QPushButton),
      m_accept(new QPushButton)
{
    setObjectName(QStringLiteral("everything"));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(3 * metrics::space, 2 * metrics::space, 3 * metrics::space,
                               2 * metrics::space);
    layout->setHorizontalSpacing(2 * metrics::space);
    layout->setVerticalSpacing(2 * metrics::space);
    layout->addWidget(m_count, 0, 0, 1, 7);
    m_quality =
        addSlider(1, 0, tr("Quality"), tr("The model's own guess of a mask's quality"), shareSteps);
    m_stability = addSlider(
        1, 4, tr("Stability"),
        tr("How little a mask changes when the model is asked to be bolder or more careful"),
        shareSteps);
    m_area = addSlider(2, 0, tr("Smallest"), tr("Masks of fewer pixels are left out"), areaSteps);
    m_overlap = addSlider(2, 4, tr("Overlap"),
                          tr("Of masks that overlap more, only the best is shown"), shareSteps);
    layout->setColumnMinimumWidth(3, 2 * metrics::space);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2 * metrics::space);
    auto *drop = new QPushButton(tr("Drop"));
    m_accept->setProperty("primary", true);
    buttons->addWidget(m_all);
    buttons->addStretch(1);
    buttons->addWidget(drop);
    buttons->addWidget(m_accept);
    layout->addLayout(buttons, 3, 0, 1, 7);
    keepBarKeys(this);

    connect(m_all, &QPushButton::clicked, this, [this] {
        ProposalList &list = m_session.list();
        list.chooseAll(list.chosenCount() < list.rowCount());
    });
    connect(drop, &QPushButton::clicked, this, &EverythingBar::dropAsked);
    connect(m_accept, &QPushButton::clicked, this, &EverythingBar::acceptAsked);
    connect(&session, &EverythingSession::stateChanged, this, [this] {
        showCounts();
        setVisible(m_session.isOffering());
        place();
    });
    connect(&session, &EverythingSession::thresholdsChanged, this, &EverythingBar::showThresholds);
    connect(&session.list(), &ProposalList::changed, this, &EverythingBar::showCounts);
    showThresholds();
    showCounts();
}

QSlider *EverythingBar::addSlider(int row, int column, const QString &name, const QString &tip,
                                  int maximum)
{
    auto *layout = static_cast<QGridLayout *>(this->layout());
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, maximum);
    slider->setMinimumWidth(30);
    slider->setToolTip(tip);
    slider->setAccessibleName(name);
    auto *label = new QLabel(name);
    label->setToolTip(tip);
    auto *value = new QLabel;
    value->setProperty("muted", true);
    value->setMinimumWidth(fontMetrics().horizontalAdvance(
        column == 0 ? QStringLiteral("1000000 px") : QStringLiteral("0.00")));
    layout->addWidget(label, row, column);
    layout->addWidget(slider, row, column + 1);
    layout->addWidget(value, row, column + 2);
    layout->setColumnStretch(column + 1, 1);
    m_values[2 * (row - 1) + column / 4] = value;
    connect(slider, &QSlider::valueChanged, this, &EverythingBar::applySliders);
    return slider;
}

void EverythingBar::applySliders()
{
    core::MaskThresholds thresholds = m_session.thresholds();
    thresholds.predIouThresh = double(m_quality->value()) / shareSteps;
    thresholds.stabilityScoreThresh = double(m_stability->value()) / shareSteps;
    thresholds.minArea = areaOf(m_area->value());
    thresholds.boxNmsThresh = double(m_overlap->value()) / shareSteps;
    m_session.setThresholds(thresholds);
}

void EverythingBar::showThresholds()
{
    const core::MaskThresholds &now = m_session.thresholds();
    const auto share = [](double value) { return int(std::lround(value * shareSteps)); };
    const std::pair<QSlider *, int> sliders[] = {{m_quality, share(now.predIouThresh)},
                                                 {m_stability, share(now.stabilityScoreThresh)},
                                                 {m_area, stepOf(now.minArea)},
                                                 {m_overlap, share(now.boxNmsThresh)}};
    for (const auto &[slider, value] : sliders) {
        const QSignalBlocker blocker(slider);
        slider->setValue(value);
    }
    m_values[0]->setText(locale().toString(now.predIouThresh, 'f', 2));
    m_values[1]->setText(locale().toString(now.stabilityScoreThresh, 'f', 2));
    m_values[2]->setText(tr("%1 px").arg(now.minArea));
    m_values[3]->setText(locale().toString(now.boxNmsThresh, 'f', 2));
}

void EverythingBar::showCounts()
{
    const int offered = m_session.list().rowCount();
    const int chosen = m_session.list().chosenCount();
    if (offered == 0)
        m_count->setText(m_session.foundCount() == 0
                             ? tr("Nothing was found.")
                             : tr("Nothing passes. Move the sliders to the left."));
    else if (chosen == 0)
        m_count->setText(
            offered == 1
                ? tr("1 mask. Click on it to choose it.")
                : tr("%1 masks. Click on those you want.").arg(locale().toString(offered)));
    else
        m_count->setText(
            tr("%1 of %2 chosen.").arg(locale().toString(chosen), locale().toString(offered)));
    m_all->setText(chosen < offered || offered == 0 ? tr("Choose all") : tr("Choose none"));
    m_all->setEnabled(offered > 0);
    m_accept->setText(chosen == 0 ? tr("Accept all") : tr("Accept %1").arg(chosen));
    m_accept->setEnabled(offered > 0);
}

QString EverythingBar::countText() const
{
    return m_count->text();
}

} // namespace ui
