// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

class QApplication;

namespace ui
{

/// What the user asked for in View > Theme.
enum class ThemeChoice { System, Light, Dark };

/// Every colour the window uses that is not a category's. A value: widgets get it through
/// setTheme().
struct Theme {
    bool dark = false;
    QColor window;  ///< behind tool bar, status bar, splitters
    QColor panel;   ///< lists and fields
    QColor canvas;  ///< around the picture
    QColor border;  ///< hairlines
    QColor control; ///< edges of fields, boxes and handles: 3:1 on panel and window
    QColor text;
    QColor disabledText;
    QColor mutedText;  ///< second lines, units, hints; still 4.5:1 on panel and window
    QColor accent;     ///< what is chosen or invites a click
    QColor accentText; ///< on accent
    QColor hover;
    QColor selection; ///< row behind selected text, which stays `text`
    QColor success;
    QColor warning;
    QColor danger;
    QColor shadow; ///< under what is raised
    QColor veil;   ///< over the window while a sheet lies on it; translucent

    static Theme lightTheme();
    static Theme darkTheme();
    static Theme forChoice(ThemeChoice choice, bool systemIsDark);
};

/// Sizes in device-independent pixels.
namespace metrics
{
inline constexpr int space = 4; ///< the grid: gaps are 1, 2 or 4 of it
inline constexpr int icon = 20;
inline constexpr int smallIcon = 16;
inline constexpr int row = 28; ///< a line in a list
inline constexpr int radius = 5;
inline constexpr int swatch = 12;
inline constexpr int thumbnail = 56;
} // namespace metrics

/// How prompts and masks are drawn; line widths are screen pixels at every zoom.
namespace looks
{
inline constexpr qreal workFill = 0.45;
inline constexpr qreal acceptedFill = 0.30;
inline constexpr qreal hoverFill = 0.20;
inline constexpr qreal selectedFill = 0.60;
inline constexpr qreal workLine = 1.5;
inline constexpr qreal acceptedLine = 1.0;
inline constexpr qreal pointDiameter = 9;
inline constexpr qreal boxHandle = 6;
inline constexpr qreal pixelGridZoom = 8.0; ///< from here on pixels are squares
inline constexpr QRgb foreground = 0xff1f9d55;
inline constexpr QRgb background = 0xffd64545;
// Lines on a picture are light with a shade beside them, to be seen whatever it shows.
inline constexpr QColor light(255, 255, 255);
inline constexpr QColor shade(0, 0, 0, 130);
inline constexpr QColor paleLight(255, 255, 255, 170); ///< round what has a colour of its own
inline constexpr QColor paleShade(0, 0, 0, 110);
} // namespace looks

/// Whether the desktop is dark: Qt 6.5's colour scheme, else the palette the desktop gave. Call it
/// before applyTheme() replaced that palette.
bool systemIsDark(const QApplication &application);

/// Fusion with the theme's palette and a small style sheet.
void applyTheme(QApplication &application, const Theme &theme);

} // namespace ui
