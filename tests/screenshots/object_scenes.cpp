// SPDX-License-Identifier: Apache-2.0
// Accepted objects: the lists, what is done to whole objects, the steps so far.
#include "scenes.h"

#include "ui/editing/annotation_list_model.h"
#include "ui/editing/edits.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/panels/object_panel.h"

#include <QDockWidget>
#include <QListView>
#include <QSpinBox>

#include <iterator>
#include <map>
#include <stdexcept>

namespace
{

using ui::ActionId;

struct BoxedObject {
    const char *category;
    QPointF topLeft;
    QPointF bottomRight;
};
constexpr BoxedObject boxedObjects[] = {
    {"apple", {0.300, 0.575}, {0.505, 0.850}}, {"apple", {0.480, 0.560}, {0.600, 0.790}},
    {"pear", {0.570, 0.400}, {0.705, 0.770}},  {"cup", {0.718, 0.450}, {0.945, 0.740}},
    {"lemon", {0.505, 0.775}, {0.680, 0.900}}, {"lemon", {0.155, 0.720}, {0.287, 0.915}},
};

/// Six objects in four categories, each drawn by a box.
void draw(Stage &stage, const QString &picture)
{
    stage.open(picture);
    std::map<QString, core::Id> categories;
    for (const BoxedObject &object : boxedObjects) {
        core::Id &category = categories[QLatin1String(object.category)];
        if (!category)
            category = ui::addCategory(stage.document(), QLatin1String(object.category));
        stage.window().session().setCategory(category);
        stage.drag({object.topLeft, object.topLeft + QPointF(0.01, 0.01), object.bottomRight});
        stage.key(Qt::Key_Return);
    }
    if (stage.document().annotationCount() != std::size(boxedObjects))
        throw std::runtime_error("not every object was accepted");
}

void objects(Stage &stage, const QString &picture)
{
    draw(stage, picture);
    stage.click(places::mug.x(), places::mug.y(), Qt::LeftButton, Qt::ControlModifier);
}

/// One is hidden, one locked, two selected.
void hiddenAndLocked(Stage &stage, const QString &picture)
{
    draw(stage, picture);
    auto *view = stage.window().objects()->findChild<QListView *>();
    const auto set = [view](int row, int role, bool on) {
        view->model()->setData(view->model()->index(row, 0), on, role);
    };
    set(1, ui::AnnotationListModel::VisibleRole, false);
    set(3, ui::AnnotationListModel::LockedRole, true);
    const auto ids = stage.document().annotations(stage.window().currentImage());
    stage.window().selection().set({ids[0]->annotation.id, ids[2]->annotation.id});
    stage.settle();
}

void history(Stage &stage, const QString &picture)
{
    draw(stage, picture);
    stage.window().findChild<QDockWidget *>(QStringLiteral("history"))->show();
    stage.trigger(ActionId::Undo);
    stage.trigger(ActionId::Undo);
}

/// A hole and a crumb in one object.
void cleanUp(Stage &stage, const QString &picture)
{
    objects(stage, picture);
    stage.trigger(ActionId::EraserTool);
    stage.click(0.78, 0.60);
    stage.trigger(ActionId::BrushTool);
    stage.click(0.90, 0.40);
    stage.trigger(ActionId::CleanUp);
    stage.window().objectActions().cleanUpBar()->holesBelow()->setValue(1000);
    stage.window().objectActions().cleanUpBar()->partsBelow()->setValue(1000);
    stage.settle();
}

void taken(Stage &stage, const QString &picture)
{
    objects(stage, picture);
    stage.trigger(ActionId::RefineObject);
}

constexpr Scene all[] = {
    {"objects", objects, true}, {"hidden-and-locked", hiddenAndLocked},
    {"history", history},       {"clean-up", cleanUp, true},
    {"taken-up", taken},
};

} // namespace

std::span<const Scene> objectScenes()
{
    return all;
}
