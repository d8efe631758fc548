// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QFrame>

class QBoxLayout;
class QCheckBox;
class QPushButton;
class QSpinBox;

namespace ui
{

class CleanUp;
class ElidedLabel;

/// The clean-up's numbers, what they would do in words, and the button that does it. Lies at the
/// bottom of the canvas; the window can be used as ever while it is open.
class CleanUpBar : public QFrame
{
    Q_OBJECT

public:
    CleanUpBar(CleanUp &cleanUp, QWidget *canvas);
    void setTheme(const Theme &theme);

    /// Shows the bar and starts the preview.
    void open();
    void close();

    QString summary() const;
    QSpinBox *smoothing() const { return m_smoothing; }
    QSpinBox *holesBelow() const { return m_holes; }
    QSpinBox *partsBelow() const { return m_parts; }
    QCheckBox *wholeImage() const { return m_whole; }
    QPushButton *applyButton() const { return m_apply; }

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QSpinBox *addNumber(const QString &before, const QString &suffix, const QString &tip,
                        int maximum);
    void takeNumbers();
    void showSummary();
    void place();

    CleanUp &m_cleanUp;
    QBoxLayout *m_numbers;
    QBoxLayout *m_decision;
    QSpinBox *m_smoothing;
    QSpinBox *m_holes;
    QSpinBox *m_parts;
    QCheckBox *m_whole;
    ElidedLabel *m_summary;
    QPushButton *m_apply;
};

} // namespace ui
