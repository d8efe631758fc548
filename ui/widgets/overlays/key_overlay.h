// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/gestures.h"
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
    /// What the pointer does with other tools than this one is left out.
    void toggle(ActionId tool = ActionId::SmartTool);
    /// Whether the last painting found room for all.
    bool fits() const { return m_fits; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Lines flow into columns, each as wide as its own lines need; a block may go on in the next
    /// column, but not right after its heading.
    struct Sheet {
        struct Placed {
            QPoint position;
            Line line;
            int keysWidth = 0; ///< of its column
            int doesWidth = 0;
        };
        std::vector<Placed> lines;
        QSize size;
        int line = 0; ///< height
    };
    Sheet layOut(const QFont &body, int height) const;

    Theme m_theme;
    ActionId m_tool = ActionId::SmartTool;
    bool m_fits = true;
};

} // namespace ui
