// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QWidget>

namespace ui
{

/// A panel in the middle of the canvas's lower edge, for what is asked about the picture. The keys
/// belong to the canvas; who fills it calls keepBarKeys(), so that F6 comes to what is in it.
class CanvasBar : public QWidget
{
    Q_OBJECT

public:
    /// `widest`: in device-independent pixels; narrower where the canvas is.
    CanvasBar(QWidget *canvas, int widest);
    void setTheme(const Theme &theme);

protected:
    /// To be called when it is shown and when its contents need another height.
    void place();
    /// Called before it is placed: `width` is what it gets.
    virtual void arrange(int /*width*/) {}
    const Theme &theme() const { return m_theme; }
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int m_widest;
    Theme m_theme;
};

} // namespace ui
