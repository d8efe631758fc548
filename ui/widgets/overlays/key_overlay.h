// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/overlays/key_sheet.h"
#include "ui/widgets/theme/theme.h"

#include <QPointer>
#include <QRect>
#include <QWidget>

class QScrollBar;

namespace ui
{

/// "?": every gesture and key over the dimmed window, made from the one table. In a window too
/// small for it, it is scrolled, by keys as well as by the wheel. Any other key or click closes it.
class KeyOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit KeyOverlay(QWidget *parent);
    void setTheme(const Theme &theme);
    /// What the pointer does with other tools than this one is left out.
    void toggle(ActionId tool = ActionId::SmartTool);
    const KeySheet &sheet() const { return m_sheet; }
    /// Where the sheet lies, and what of it is in sight; in its own coordinates.
    QRect frame() const { return m_frame; }
    QRect visibleSheet() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool event(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();

    Theme m_theme;
    ActionId m_tool = ActionId::SmartTool;
    KeySheet m_sheet;
    QRect m_frame;
    QScrollBar *m_scroll;       ///< hidden when all is in sight
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace ui
