// SPDX-License-Identifier: Apache-2.0
// What opens over the window: dialogs, menus, the sheet of keys; and an export under way.
#include "scenes.h"

#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/settings.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QTest>

#include <stdexcept>

namespace
{

using ui::ActionId;

void preferences(Stage &stage, const QString &)
{
    stage.window().setModels(nullptr, {}, ui::ProcessorBf16::There);
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

void exportDialogOfPolygons(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple, places::mug});
    ui::ExportChoice choice;
    choice.options.segmentation = exporters::SegmentationForm::Polygon;
    choice.options.simplify = 1;
    ui::settings::setExportChoice(choice);
    QFile file(stage.file(QStringLiteral("annotations.json")));
    if (!file.open(QIODevice::WriteOnly))
        throw std::runtime_error("cannot write");
    stage.photographWhile([&] { stage.window().actions()[ActionId::ExportDataset]->trigger(); });
    ui::settings::setExportChoice({});
}

void exportDialogOfLabelMe(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple, places::mug});
    ui::ExportChoice choice;
    choice.format = QStringLiteral("labelme");
    choice.options.maskShapes = true;
    ui::settings::setExportChoice(choice);
    stage.photographWhile([&] { stage.window().actions()[ActionId::ExportDataset]->trigger(); });
    ui::settings::setExportChoice({});
}

/// COCO with objects of the picture, and of one that is not there.
QString annotationsOf(Stage &stage)
{
    const core::ImageRecord &image = stage.document().images().front();
    const QString square = QStringLiteral("[[%1, 10, %2, 10, %2, 60, %1, 60]]");
    QStringList annotations;
    for (int i = 0; i < 8; ++i)
        annotations << QStringLiteral(R"({"id": %1, "image_id": %2, "category_id": %3,)"
                                      R"( "segmentation": %4})")
                           .arg(i + 1)
                           .arg(i < 6 ? 1 : 2)
                           .arg(1 + i % 3)
                           .arg(square.arg(10 + 60 * i).arg(50 + 60 * i));
    const QString text =
        QStringLiteral(R"({"images": [{"id": 1, "file_name": "%1", "width": %2, "height": %3},)"
                       R"( {"id": 2, "file_name": "kitchen/table 4.jpg", "width": 640,)"
                       R"( "height": 480}], "categories": [{"id": 1, "name": "apple"},)"
                       R"( {"id": 2, "name": "pear"}, {"id": 3, "name": "lemon"}],)"
                       R"( "annotations": [%4]})")
            .arg(QString::fromStdString(image.fileName))
            .arg(image.size.width)
            .arg(image.size.height)
            .arg(annotations.join(QStringLiteral(", ")));
    QFile file(stage.file(QStringLiteral("instances_kitchen.json")));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
        throw std::runtime_error("cannot write");
    return file.fileName();
}

void importDialog(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple});
    const QString file = annotationsOf(stage);
    stage.photographWhile([&] { stage.window().interchange().askForImport(file); });
}

void importDialogEmpty(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.photographWhile([&] { stage.window().interchange().askForImport(); });
}

void importDialogUnknown(Stage &stage, const QString &picture)
{
    stage.open(picture);
    QFile file(stage.file(QStringLiteral("notes.json")));
    if (!file.open(QIODevice::WriteOnly) || file.write("{}") < 0)
        throw std::runtime_error("cannot write");
    file.close();
    stage.photographWhile([&] { stage.window().interchange().askForImport(file.fileName()); });
}

void imported(Stage &stage, const QString &picture)
{
    stage.open(picture);
    ui::InterchangeDesk &desk = stage.window().interchange();
    desk.askForImport(annotationsOf(stage));
    auto *dialog = stage.window().findChild<ui::ImportDialog *>();
    stage.wait([&] { return dialog->reading() != nullptr; });
    dialog->accept();
    stage.wait([&] { return !desk.isImporting(); });
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
    {"export-dialog-labelme", exportDialogOfLabelMe},
    {"export-dialog-polygons", exportDialogOfPolygons, true},
    {"exporting", exporting},
    {"exported", exported},
    {"import-dialog", importDialog, true},
    {"import-dialog-empty", importDialogEmpty},
    {"import-dialog-unknown", importDialogUnknown},
    {"imported", imported},
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
