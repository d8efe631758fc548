// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace ui
{

class PromptSession;

/// The border of the object in work, tighter or wider, live: where its logits are cut. For the line
/// of tool options.
class ThresholdControl : public QWidget
{
    Q_OBJECT

public:
    explicit ThresholdControl(PromptSession &session, QWidget *parent = nullptr);

    /// So many steps of the keys: above 0 is tighter.
    void step(int steps);
    QSlider *slider() const { return m_slider; }

Q_SIGNALS:
    /// Whether there is an object whose border can be moved.
    void usable(bool usable);

private:
    void update();

    PromptSession &m_session;
    QLabel *m_label;
    QSlider *m_slider;
    QToolButton *m_reset;
};

} // namespace ui
