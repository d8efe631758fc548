// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace ui
{

class Guide;

/// The guide's present step on a card in the lower left corner of the canvas, where it hides least.
class GuideCard : public QFrame
{
    Q_OBJECT

public:
    GuideCard(Guide &guide, QWidget *canvas);
    void setTheme(const Theme &theme);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showStep();
    void place();

    Guide &m_guide;
    QLabel *m_progress;
    QLabel *m_heading;
    QLabel *m_sentence;
    QPushButton *m_next;
    QPushButton *m_end;
};

} // namespace ui
