// SPDX-License-Identifier: Apache-2.0
#include "core/mask/place.h"
#include "core/mask/rle_measure.h"
#include "ui/editing/edits.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/panels/history_panel.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/task_progress.h"
#include "window_fixture.h"

#include <QCheckBox>
#include <QDockWidget>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSpinBox>
#include <QtTest>

using ui::ActionId;

/// The operations by menus, keys and bars of the real window.
class TestObjectActions : public QObject
{
    Q_OBJECT

private:
    struct Bench : WindowFixture {
        Bench()
        {
            openFolder();
            ui::addCategory(document, QStringLiteral("car & co"));
        }
        core::Id add(int x, int y, int width, int height)
        {
            core::Mask block({width, height});
            block.pixels.assign(block.pixels.size(), 1);
            return add(core::place(block, x, y, {640, 480}));
        }
        core::Id add(core::Rle mask)
        {
            project::AnnotationRecord record;
            record.annotation = {0, window.currentImage(), 0, std::move(mask), false};
            return ui::addAnnotation(document, std::move(record));
        }
        std::int64_t area(core::Id id) const
        {
            const project::AnnotationPointer record = document.annotation(id);
            return record ? core::area(record->annotation.mask) : 0;
        }
        QAction *action(ActionId id) const { return window.actions()[id]; }
        ui::CleanUpBar &bar() { return *window.objectActions().cleanUpBar(); }
    };

private Q_SLOTS:
    void entriesAreThereWhenTheyApply()
    {
        Bench f;
        QVERIFY(!f.action(ActionId::UniteObjects)->isEnabled());
        QVERIFY(!f.action(ActionId::SplitObjects)->isEnabled());
        QVERIFY(!f.action(ActionId::CleanUp)->isEnabled());
        QVERIFY(!f.action(ActionId::PasteObjects)->isEnabled());
        const core::Id a = f.add(10, 10, 20, 20);
        const core::Id b = f.add(20, 20, 20, 20);
        QVERIFY(f.action(ActionId::CleanUp)->isEnabled());
        f.window.selection().select(b);
        QVERIFY(f.action(ActionId::SplitObjects)->isEnabled());
        QVERIFY(!f.action(ActionId::UniteObjects)->isEnabled());
        f.window.selection().toggle(a);
        QVERIFY(f.action(ActionId::UniteObjects)->isEnabled());
        QCOMPARE(f.action(ActionId::UniteObjects)->text(),
                 QStringLiteral("&Unite into car && co #%1").arg(b));
        f.click(300, 300);
        EVENTUALLY(f.session().current()); // an object in work comes first
        QVERIFY(!f.action(ActionId::UniteObjects)->isEnabled());
        QVERIFY(f.action(ActionId::FillHoles)->isEnabled());
    }

    void keysUniteAndUndo()
    {
        Bench f;
        const core::Id a = f.add(10, 10, 20, 20);
        const core::Id b = f.add(20, 20, 20, 20);
        f.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(f.window.selection().ids().size(), 2U);
        f.key(Qt::Key_U, Qt::ControlModifier);
        EVENTUALLY_EQUAL(f.objects().size(), 1U);
        QCOMPARE(f.area(a), 700);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.objects().size(), 2U);
        QCOMPARE(f.area(b), 400);
    }

    void undoGivesUpWhatIsBeingWorkedOut()
    {
        Bench f;
        const core::Id a = f.add(10, 10, 20, 20);
        const core::Id b = f.add(20, 20, 20, 20);
        f.key(Qt::Key_A, Qt::ControlModifier);
        const int steps = f.document.undoStack()->index();
        f.key(Qt::Key_U, Qt::ControlModifier);
        QVERIFY(f.window.objectActions().isBusy());
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!f.window.objectActions().isBusy());
        QTest::qWait(50);
        QCOMPARE(f.document.undoStack()->index(), steps); // not the step before either
        QCOMPARE(f.area(a), 400);
        QCOMPARE(f.area(b), 400);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.document.undoStack()->index(), steps - 1);
    }

    void longWorkIsToldAndCanBeStopped()
    {
        Bench f;
        const core::Id a = f.add(10, 10, 20, 20);
        f.add(20, 20, 20, 20);
        f.key(Qt::Key_A, Qt::ControlModifier);
        ui::TaskProgress &progress = *f.window.objectActions().progress();
        const int steps = f.document.undoStack()->index();
        f.key(Qt::Key_U, Qt::ControlModifier);
        QVERIFY(f.window.objectActions().isBusy());
        QVERIFY(progress.findChild<QLabel *>()->text().contains("masks"));
        QVERIFY(progress.isHidden()); // it is over in a moment
        progress.findChild<QPushButton *>()->click();
        QVERIFY(!f.window.objectActions().isBusy());
        QCOMPARE(f.document.undoStack()->index(), steps);
        QCOMPARE(f.area(a), 400);
        progress.begin(QStringLiteral("Long"));
        EVENTUALLY(progress.isVisible());
        progress.end();
        QVERIFY(progress.isHidden());
    }

    void whatDidNothingSaysWhy()
    {
        Bench f;
        f.add(10, 10, 20, 20);
        f.add(100, 100, 20, 20);
        f.key(Qt::Key_A, Qt::ControlModifier);
        f.action(ActionId::IntersectObjects)->trigger();
        EVENTUALLY(f.window.messages()->text().contains(QStringLiteral("Nothing would be left")));
        QCOMPARE(f.objects().size(), 2U);
    }

    void theRightClickMenuHasTheOperations()
    {
        Bench f;
        const QList<QAction *> menu = f.window.objectActions().menu();
        for (const ActionId id : {ActionId::UniteObjects, ActionId::CleanUp, ActionId::SplitObjects,
                                  ActionId::TakeFromBelow})
            QVERIFY(menu.contains(f.action(id)));
    }

    void theBarPreviewsAndCleansUp()
    {
        Bench f;
        core::Mask mask({640, 480});
        for (int y = 100; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                mask.set(x, y, x != 150 || y != 150);
        mask.set(300, 300);
        mask.set(301, 300);
        mask.set(320, 300);
        const core::Id a = f.add(core::encode(mask));
        f.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(f.bar().isVisible());
        EVENTUALLY_EQUAL(f.bar().summary(),
                         QStringLiteral("2 parts go, 1 hole fills, 4 px change"));
        QCOMPARE(f.area(a), 10'002); // a preview alone
        QTest::keyClick(f.bar().partsBelow(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(f.bar().partsBelow(), QStringLiteral("2"));
        QCOMPARE(f.bar().partsBelow()->value(), 2);
        EVENTUALLY(f.bar().summary().startsWith(QStringLiteral("1 part goes")));
        QTest::keyClick(f.bar().partsBelow(), Qt::Key_Return);
        EVENTUALLY_EQUAL(f.area(a), 10'002);
        EVENTUALLY(f.bar().isHidden());
        QCOMPARE(f.document.undoStack()->undoText(), QStringLiteral("Clean up"));
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.document.annotation(a)->annotation.mask == core::encode(mask));

        f.key(Qt::Key_L, Qt::ControlModifier);
        EVENTUALLY(f.bar().applyButton()->isEnabled());
        QTest::keyClick(f.bar().smoothing(), Qt::Key_Escape);
        QVERIFY(f.bar().isHidden());
        QVERIFY(f.document.annotation(a)->annotation.mask == core::encode(mask));
    }

    void thePreviewIsHiddenWithTheMasks()
    {
        Bench f;
        core::Mask mask({640, 480});
        for (int y = 100; y < 300; ++y)
            for (int x = 100; x < 300; ++x)
                mask.set(x, y, std::abs(x - 200) > 2 || std::abs(y - 200) > 2);
        f.add(core::encode(mask));
        const auto seen = [&f] { return f.canvas().grab().toImage(); };
        f.canvas().setMasksHidden(true);
        const QImage bare = seen();
        f.canvas().setMasksHidden(false);
        f.key(Qt::Key_L, Qt::ControlModifier);
        f.bar().holesBelow()->setValue(100);
        EVENTUALLY(f.bar().applyButton()->isEnabled());
        const QPoint hole = f.at(200, 200);
        QVERIFY(seen().pixelColor(hole) != bare.pixelColor(hole));
        f.canvas().setMasksHidden(true); // as V does while it is held
        QCOMPARE(seen().pixelColor(hole), bare.pixelColor(hole));
    }

    void theHistoryGoesToAnyStep()
    {
        Bench f;
        const auto docks = f.window.findChildren<QDockWidget *>();
        const auto dock = std::find_if(docks.begin(), docks.end(), [](const QDockWidget *d) {
            return d->objectName() == QStringLiteral("history");
        });
        QVERIFY(dock != docks.end());
        QVERIFY((*dock)->isHidden()); // until it is asked for
        (*dock)->toggleViewAction()->trigger();
        QVERIFY((*dock)->isVisible());

        f.add(10, 10, 20, 20);
        f.add(50, 50, 20, 20);
        f.add(90, 90, 20, 20);
        QListView *view = f.window.history()->view();
        QCOMPARE(view->model()->rowCount(), 5); // the category, too
        QCOMPARE(view->currentIndex().row(), 4);
        const QModelIndex second = view->model()->index(2, 0);
        view->scrollTo(second);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(second).center());
        EVENTUALLY_EQUAL(f.objects().size(), 1U);
        QCOMPARE(view->currentIndex().row(), 2);
        QTest::keyClick(view, Qt::Key_End);
        EVENTUALLY_EQUAL(f.objects().size(), 3U);
    }

    void everyPanelIsInTheViewMenu()
    {
        Bench f;
        for (const QDockWidget *dock : f.window.findChildren<QDockWidget *>()) {
            QVERIFY(!dock->windowTitle().isEmpty());
            QAction *toggle = dock->toggleViewAction();
            QVERIFY2(!toggle->associatedObjects().isEmpty(), qPrintable(dock->windowTitle()));
        }
        // Hiding all and showing them again leaves a closed one closed.
        QAction *hide = f.action(ActionId::HidePanels);
        hide->trigger();
        for (const QDockWidget *dock : f.window.findChildren<QDockWidget *>())
            QVERIFY(dock->isHidden());
        hide->trigger();
        for (const QDockWidget *dock : f.window.findChildren<QDockWidget *>())
            QCOMPARE(dock->isHidden(), dock->objectName() == QStringLiteral("history"));
    }
};

QTEST_MAIN(TestObjectActions)
#include "tst_object_actions.moc"
