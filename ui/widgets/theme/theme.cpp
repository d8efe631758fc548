// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme/theme.h"

#include "ui/widgets/theme/control_style.h"
#include "ui/widgets/theme/style_sheet.h"

#include <QApplication>
#include <QPalette>
#include <QStyleHints>

namespace ui
{

Theme Theme::lightTheme()
{
    Theme t;
    t.window = 0xf1f2f4;
    t.panel = 0xfcfcfd;
    t.canvas = 0xd9dce1;
    t.border = 0xd3d6db;
    t.control = 0x7d848e;
    t.text = 0x1d2127;
    t.disabledText = 0xa2a8b1;
    t.mutedText = 0x565e69;
    t.accent = 0x0d6971;
    t.accentText = 0xffffff;
    t.hover = 0xe3e6ea;
    t.selection = 0xd3e8e9;
    t.success = 0x1b7f46;
    t.warning = 0x8a5a00;
    t.danger = 0xb3261e;
    t.shadow = 0x565e69;
    t.veil = QColor(0, 0, 0, 150);
    return t;
}

Theme Theme::darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = 0x24272b;
    t.panel = 0x1c1e22;
    t.canvas = 0x131417;
    t.border = 0x3a3e45;
    t.control = 0x767e8a;
    t.text = 0xe6e8eb;
    t.disabledText = 0x666d77;
    t.mutedText = 0xa9b1bc;
    t.accent = 0x4fb8c0;
    t.accentText = 0x0c1a1c;
    t.hover = 0x33373d;
    t.selection = 0x23464a;
    t.success = 0x5cc98a;
    t.warning = 0xe3b04b;
    t.danger = 0xff8a80;
    t.shadow = 0x0a0b0c;
    t.veil = QColor(0, 0, 0, 150);
    return t;
}

Theme Theme::forChoice(ThemeChoice choice, bool systemDark)
{
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemDark);
    return dark ? darkTheme() : lightTheme();
}

bool systemIsDark(const QApplication &application)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (application.styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return application.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    const QPalette palette = application.palette();
    return palette.color(QPalette::WindowText).lightness() >
           palette.color(QPalette::Window).lightness();
}

static QPalette paletteOf(const Theme &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.panel);
    p.setColor(QPalette::AlternateBase, t.window);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.mutedText);
    p.setColor(QPalette::Button, t.window);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.danger);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.accentText);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::ToolTipBase, t.panel);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Light, t.dark ? t.hover : t.panel);
    p.setColor(QPalette::Midlight, t.hover);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabledText);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.border);
    return p;
}

void applyTheme(QApplication &application, const Theme &theme)
{
    application.setStyle(new ControlStyle(theme));
    application.setPalette(paletteOf(theme));
    application.setStyleSheet(styleSheet(theme));
}

} // namespace ui
