// SPDX-License-Identifier: Apache-2.0
// What opens over the window: dialogs, menus, the sheet of keys; and an export under way.
#include "scenes.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QTest>

namespace
{

using ui::ActionId;

void preferences(Stage &stage, const QString &)
{
    stage.window().setModels(nullptr, {});
    stage.photographWhile([&] { stage.window().actions()[ActionId::Preferences]->trigger(); });
}

void about(Stage &stage, const QString &)
{
    stage.photographWhile([&] { stage.window().actions()[ActionId::About]->trigger(); });
}

void exportDialog(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.photographWhile([&] { stage.window().actions()[ActionId::ExportDataset]->trigger(); });
}

void exporting(Stage &stage, const QString &picture)
{
    for (int copy = 1; copy < 60; ++copy)
        QFile::copy(picture, stage.file(QStringLiteral("copy %1.png").arg(copy)));
    stage.open(picture);
    stage.drawObjects({places::redApple});
    QObject::connect(&stage.window().exportTask(), &ui::ExportTask::progressed, &stage.window(),
                     [&stage, isTaken = false](double share) mutable {
                         if (share >= 0.5 && !std::exchange(isTaken, true))
                             stage.photograph();
                     });
    stage.window().exportTo(stage.file(QStringLiteral("annotations.json")));
    stage.wait([&] { return !stage.window().exportTask().isRunning(); });
}

void exported(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple});
    stage.window().exportTo(stage.file(QStringLiteral("annotations.json")));
    stage.wait([&] { return !stage.window().exportTask().isRunning(); });
}

void keys(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::ShowGestures);
}

void keysOfBrush(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::BrushTool);
    stage.trigger(ActionId::ShowGestures);
}

/// They do not fit, and were scrolled by a page.
void keysInSmallWindow(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.window().resize(880, 540);
    stage.trigger(ActionId::ShowGestures);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
}

void categoryPicker(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple});
    stage.photographWhile([&] { stage.window().actions()[ActionId::PickCategory]->trigger(); });
}

void menu(Stage &stage, const QString &picture, const char *section)
{
    stage.open(picture);
    stage.drawObjects({places::redApple});
    for (QAction *action : stage.window().menuBar()->actions()) {
        if (action->objectName() != QLatin1String(section))
            continue;
        stage.photographWhile([&] {
            const QPoint below =
                stage.window().menuBar()->actionGeometry(action).bottomLeft() + QPoint(0, 1);
            action->menu()->popup(stage.window().menuBar()->mapToGlobal(below));
        });
    }
}

constexpr Scene all[] = {
    {"preferences", preferences, true},
    {"about", about},
    {"export-dialog", exportDialog},
    {"exporting", exporting},
    {"exported", exported},
    {"keys", keys, true},
    {"keys-brush", keysOfBrush},
    {"keys-small", keysInSmallWindow, true},
    {"category-picker", categoryPicker},
    {"menu-file", [](Stage &s, const QString &p) { menu(s, p, "&File"); }},
    {"menu-edit", [](Stage &s, const QString &p) { menu(s, p, "&Edit"); }},
    {"menu-object", [](Stage &s, const QString &p) { menu(s, p, "&Object"); }},
    {"menu-view", [](Stage &s, const QString &p) { menu(s, p, "&View"); }},
};

} // namespace

std::span<const Scene> dialogScenes()
{
    return all;
}
