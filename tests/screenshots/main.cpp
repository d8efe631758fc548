// SPDX-License-Identifier: Apache-2.0
// Photographs the window in every state that matters, in both themes:
//
//     maskwright-screenshots FOLDER [PICTURE] [SCENE...]
//
// On a display, or with QT_QPA_PLATFORM=offscreen. Settings and caches are those of a new user.
#include "core/segmentation/fake_segmenter.h"
#include "scenes.h"
#include "ui/widgets/settings.h"

#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/load_segmenter.h"
#endif

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>

#include <cstdio>

static std::unique_ptr<core::Segmenter> makeSegmenter()
{
#ifdef MASKWRIGHT_WITH_TORCH
    return core::loadDefaultSegmenter({});
#else
    return std::make_unique<core::FakeSegmenter>();
#endif
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("maskwright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Maskwright"));
    QStringList arguments = application.arguments().mid(1);
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
    int failures = target.mkpath(QStringLiteral(".")) ? 0 : 1;
    for (const ui::ThemeChoice theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        ui::settings::setTheme(theme);
        const QString suffix =
            theme == ui::ThemeChoice::Light ? QStringLiteral("-light") : QStringLiteral("-dark");
        for (const Scene &scene : scenes()) {
            if (!arguments.isEmpty() && !arguments.contains(QLatin1String(scene.name)))
                continue;
            try {
                Stage stage(makeSegmenter, target, suffix);
                scene.play(stage, picture);
                stage.photograph(QLatin1String(scene.name));
            } catch (const std::exception &error) {
                std::fprintf(stderr, "%s%s: %s\n", scene.name, qPrintable(suffix), error.what());
                ++failures;
            }
        }
    }
    return failures ? 1 : 0;
}
