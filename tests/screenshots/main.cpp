// SPDX-License-Identifier: Apache-2.0
// Photographs the window in every state that matters, in both themes:
//
//     maskwright-screenshots FOLDER [PICTURE] [SCENE...]
//
// On a display, or with QT_QPA_PLATFORM=offscreen. Settings and caches are those of a new user.
// Some scenes are photographed again at 200%, by a second run of this program.
#include "core/segmentation/fake_segmenter.h"
#include "scenes.h"
#include "ui/widgets/settings.h"

#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/load_segmenter.h"
#endif

#include <QApplication>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>

#include <cstdio>
#include <stdexcept>

namespace
{

constexpr const char *scaleVariable = "QT_SCALE_FACTOR";

std::unique_ptr<core::Segmenter> makeModel()
{
#ifdef MASKWRIGHT_WITH_TORCH
    return core::loadDefaultSegmenter({});
#else
    return std::make_unique<core::FakeSegmenter>();
#endif
}

struct Themed {
    ui::ThemeChoice choice;
    const char *suffix;
};
constexpr Themed themes[] = {{ui::ThemeChoice::Light, "-light"}, {ui::ThemeChoice::Dark, "-dark"}};

/// False, with a line on the console, when the scene did not come to its point.
bool photograph(const Scene &scene, const QString &picture, const QString &file)
{
    try {
        Stage stage(makeModel);
        scene.play(stage, picture);
        if (!stage.seen().save(file))
            throw std::runtime_error("cannot be written");
        return true;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(file), error.what());
        return false;
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("maskwright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Maskwright"));
    QApplication::setApplicationVersion(QStringLiteral(MASKWRIGHT_VERSION));
    QStringList arguments = application.arguments().mid(1);
    const QStringList all = arguments;
    if (arguments.isEmpty()) {
        std::fputs("usage: maskwright-screenshots FOLDER [PICTURE] [SCENE...]\n", stderr);
        return 2;
    }
    const QDir target(arguments.takeFirst());
    const QString picture =
        arguments.isEmpty() ? QStringLiteral(SAMPLE_PICTURE) : arguments.takeFirst();
    QTemporaryDir home;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    QStandardPaths::setTestModeEnabled(true);

    const bool isDoubled = application.devicePixelRatio() == 2;
    int failures = target.mkpath(QStringLiteral(".")) ? 0 : 1;
    for (const Themed &theme : themes) {
        ui::settings::setTheme(theme.choice);
        for (const Scene &scene : scenes()) {
            if ((!arguments.isEmpty() && !arguments.contains(QLatin1String(scene.name))) ||
                (isDoubled && !scene.isDoubled))
                continue;
            const QString name = QLatin1String(scene.name) + QLatin1String(theme.suffix) +
                                 (isDoubled ? QStringLiteral("@2x.png") : QStringLiteral(".png"));
            failures += !photograph(scene, picture, target.filePath(name));
        }
    }
    if (!qEnvironmentVariableIsSet(scaleVariable)) {
        qputenv(scaleVariable, "2");
        failures += QProcess::execute(QApplication::applicationFilePath(), all) != 0;
    }
    return failures ? 1 : 0;
}
