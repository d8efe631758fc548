// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/settings.h"

#include <QSettings>

namespace ui::settings
{
namespace
{
const QString themeKey = QStringLiteral("window/theme");
const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/state");
const QString folderKey = QStringLiteral("files/lastFolder");
const QString brushKey = QStringLiteral("tools/brushRadius");

/// ~/.config/maskwright/maskwright.ini and its like.
QSettings file()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("maskwright"),
                     QStringLiteral("maskwright"));
}
} // namespace

ThemeChoice theme()
{
    const QString name = file().value(themeKey).toString();
    return name == QLatin1String("light")  ? ThemeChoice::Light
           : name == QLatin1String("dark") ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

void setTheme(ThemeChoice choice)
{
    file().setValue(themeKey, choice == ThemeChoice::Light  ? QStringLiteral("light")
                              : choice == ThemeChoice::Dark ? QStringLiteral("dark")
                                                            : QStringLiteral("system"));
}

QByteArray windowGeometry()
{
    return file().value(geometryKey).toByteArray();
}

QByteArray windowState()
{
    return file().value(stateKey).toByteArray();
}

void setWindow(const QByteArray &geometry, const QByteArray &state)
{
    QSettings settings = file();
    settings.setValue(geometryKey, geometry);
    settings.setValue(stateKey, state);
}

QString lastFolder()
{
    return file().value(folderKey).toString();
}

void setLastFolder(const QString &folder)
{
    file().setValue(folderKey, folder);
}

double brushRadius(double byDefault)
{
    return file().value(brushKey, byDefault).toDouble();
}

void setBrushRadius(double pixels)
{
    file().setValue(brushKey, pixels);
}

} // namespace ui::settings
