// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QByteArray>
#include <QString>

namespace ui
{

/// What the program remembers between runs. The keys are written here and nowhere else.
namespace settings
{
ThemeChoice theme();
void setTheme(ThemeChoice choice);
QByteArray windowGeometry();
QByteArray windowState();
void setWindow(const QByteArray &geometry, const QByteArray &state);
QString lastFolder();
void setLastFolder(const QString &folder);
double brushRadius(double byDefault);
void setBrushRadius(double pixels);
} // namespace settings

} // namespace ui
