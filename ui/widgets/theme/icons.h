// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QStringList>

namespace ui
{

struct Theme;

/// An icon of resources/icons ("undo" for undo.svg), drawn in the theme's text colour, muted when
/// disabled and accented when checked. Sharp at every size and pixel ratio: the SVG is rendered
/// when it is asked for.
QIcon themedIcon(const QString &name, const Theme &theme);

/// The same in a colour of the caller's.
QIcon coloredIcon(const QString &name, const QColor &color);

/// The program's own icon, in its own colours.
QIcon applicationIcon();

/// Names of all icons that are compiled in, but the program's own.
QStringList iconNames();

} // namespace ui
