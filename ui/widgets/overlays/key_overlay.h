// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QWidget>

#include <utility>
#include <vector>

namespace ui
{

/// "?": every gesture and key over the dimmed window, made from the one table. Any key or click
/// closes it.
class KeyOverlay : public QWidget
{
    Q_OBJECT

public:
    struct Line {
        QString keys; ///< empty: `does` is a heading
        QString does;
    };

    explicit KeyOverlay(QWidget *parent);
    void setTheme(const Theme &theme);
    void toggle();
    /// Whether the last painting found room for all.
    bool fits() const { return m_fits; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Lines flow into columns, blocks stay whole.
    struct Sheet {
        std::vector<std::pair<QPoint, Line>> lines;
        QSize size;
        int line = 0; ///< height
        int keysWidth = 0;
        int doesWidth = 0;
    };
    Sheet layOut(const QFont &body, int height) const;

    Theme m_theme;
    bool m_fits = true;
};

} // namespace ui
