// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/proposals/canvas_bar.h"

class QLabel;
class QPushButton;
class QSlider;

namespace ui
{

class EverythingSession;

/// What passes of everything that was found: sliders that filter at once, and the ways to accept.
/// Lies at the bottom of the canvas while something is offered.
class EverythingBar : public CanvasBar
{
    Q_OBJECT

public:
    EverythingBar(EverythingSession &session, QWidget *canvas);

    QString countText() const;

Q_SIGNALS:
    void acceptAsked(); ///< what is chosen, or all when nothing is
    void dropAsked();

private:
    QSlider *addSlider(int row, int column, const QString &name, const QString &tip, int maximum);
    void applySliders();
    void showThresholds();
    void showCounts();

    EverythingSession &m_session;
    QLabel *m_count;
    QPushButton *m_all;
    QPushButton *m_accept;
    QSlider *m_quality;
    QSlider *m_stability;
    QSlider *m_area;
    QSlider *m_overlap;
    QLabel *m_values[4];
};

} // namespace ui
