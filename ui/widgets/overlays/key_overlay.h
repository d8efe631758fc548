// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/overlays/key_sheet.h"
#include "ui/widgets/theme/theme.h"

#include <QPointer>
#include <QWidget>

namespace ui
{

/// "?": every gesture and key over the dimmed window, made from the one table. Any key or click
/// closes it.
class KeyOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit KeyOverlay(QWidget *parent);
    void setTheme(const Theme &theme);
    /// What the pointer does with other tools than this one is left out.
    void toggle(ActionId tool = ActionId::SmartTool);
    const KeySheet &sheet() const { return m_sheet; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();

    Theme m_theme;
    ActionId m_tool = ActionId::SmartTool;
    KeySheet m_sheet;
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace ui
