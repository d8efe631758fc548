// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme/style_sheet.h"

#include "ui/widgets/theme/theme.h"

namespace ui
{

QString styleSheet(const Theme &theme)
{
    QString sheet = QStringLiteral(R"(
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @window; border-bottom: 1px solid @border; }
QMenuBar::item { padding: 5px 9px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @border; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 12px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @border; margin: 4px 0; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @border; padding: 4px 6px;
    spacing: 2px; }
QToolBar::separator { background: @border; width: 1px; margin: 5px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px 7px; background: transparent; }
QToolBarExtension { padding: 4px 2px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @selection; }
QToolButton:checked { background: @selection; border-color: @accent; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @disabled; }
QPushButton { border: 1px solid @border; border-radius: 5px; padding: 5px 14px; background: @panel; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @disabled; }
QPushButton[primary="true"] { background: @accent; color: @accentText; border-color: @accent; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @window; color: @disabled; border-color: @border; }
QPushButton[link="true"] { border-color: transparent; background: transparent; color: @accent;
    padding: 5px 3px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: @accent; }
QLineEdit { border: 1px solid @control; border-radius: 5px; padding: 4px 6px; background: @panel;
    selection-background-color: @accent; selection-color: @accentText; }
QLineEdit:focus { border-color: @accent; }
QAbstractItemView { border: none; background: @panel; outline: 0; }
QListWidget::item { padding: 3px 4px; border-radius: 4px; }
QListWidget::item:selected { background: @selection; color: @text; }
QWidget[panelHeader="true"] { background: @window; }
QWidget[panelBody="true"] { background: @panel; }
QLabel[panelTitle="true"] { font-weight: 600; }
QLabel[muted="true"] { color: @muted; }
QStatusBar { background: @window; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QToolTip { background: @panel; color: @text; border: 1px solid @border; padding: 4px; }
QProgressBar { border: 1px solid @border; border-radius: 4px; background: @panel; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSlider { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 12px; margin: -5px 0; border: 1px solid @control; border-radius: 7px;
    background: @panel; }
QSlider::handle:horizontal:hover { border-color: @accent; }
QSlider::handle:horizontal:focus { border-color: @accent; background: @accent; }
QSlider::sub-page:horizontal:disabled { background: @border; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)");
    const auto put = [&sheet](const char *name, const QColor &color) {
        sheet.replace(QLatin1String(name), color.name());
    };
    // Longer names first, so that @accent does not eat the head of @accentText.
    put("@accentHover", theme.dark ? theme.accent.lighter(112) : theme.accent.darker(112));
    put("@accentText", theme.accentText);
    put("@accent", theme.accent);
    put("@window", theme.window);
    put("@panel", theme.panel);
    put("@border", theme.border);
    put("@control", theme.control);
    put("@disabled", theme.disabledText);
    put("@text", theme.text);
    put("@muted", theme.mutedText);
    put("@hover", theme.hover);
    put("@selection", theme.selection);
    return sheet;
}

} // namespace ui
