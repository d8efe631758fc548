// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/overlays/about_dialog.h"
#include "ui/widgets/overlays/empty_state.h"
#include "ui/widgets/overlays/key_overlay.h"
#include "ui/widgets/proposals/everything_bar.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/review_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/task_progress.h"
#include "window_fixture.h"

#include <QCheckBox>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QToolBar>

using ui::ActionId;

/// The whole window without a mouse.
class TestKeyboard : public QObject
{
    Q_OBJECT

    static bool isIn(const QWidget *part)
    {
        const QWidget *focus = QApplication::focusWidget();
        return focus && (part == focus || part->isAncestorOf(focus));
    }
    /// F6 until the keyboard is in the part.
    static bool comesTo(WindowFixture &f, const QWidget *part)
    {
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
            if (isIn(part))
                return true;
        }
        (void)f;
        return false;
    }
    static void pressTab() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); }
    static void start(WindowFixture &f)
    {
        f.openFolder();
        f.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.canvas().setFocus();
        f.click(150, 150);
        EVENTUALLY(f.session().current());
        f.key(Qt::Key_Return);
        EVENTUALLY_EQUAL(f.objects().size(), 1U);
    }

private Q_SLOTS:
    void everyPartIsReached()
    {
        WindowFixture f;
        start(f);
        for (const char *name : {"images", "categories", "objects"}) {
            const auto *dock = f.window.findChild<QWidget *>(QLatin1String(name));
            QVERIFY2(dock && comesTo(f, dock), name);
        }
        QVERIFY(comesTo(f, &f.canvas()));
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
    }

    void theMessagesButtonIsPressed()
    {
        WindowFixture f;
        start(f);
        bool isPressed = false;
        f.window.messages()->showMessage(ui::MessageBar::Kind::Warning, "Something is the matter.",
                                         "Do something", [&] { isPressed = true; });
        QVERIFY(comesTo(f, f.window.messages()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(isPressed);
        EVENTUALLY(!f.window.messages()->isVisible());
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
        QCOMPARE(f.objects().size(), 1U); // Return was no accept
    }

    void theCleanUpBarIsWalkedThrough()
    {
        WindowFixture f;
        start(f);
        ui::CleanUpBar &bar = *f.window.objectActions().cleanUpBar();
        f.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(bar.isVisible());
        QVERIFY(bar.smoothing()->hasFocus());
        pressTab();
        pressTab();
        QVERIFY(bar.partsBelow()->hasFocus());
        pressTab();
        QVERIFY(bar.wholeImage()->hasFocus());
        QTest::keyClick(bar.wholeImage(), Qt::Key_Space);
        QVERIFY(bar.wholeImage()->isChecked());
        pressTab(); // Close
        QVERIFY(isIn(&bar));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(!bar.isVisible());
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
    }

    void aNumberIsTypedToItsEndWhileThePointerComesOverThePicture()
    {
        WindowFixture f;
        start(f);
        ui::CleanUpBar &bar = *f.window.objectActions().cleanUpBar();
        f.key(Qt::Key_L, Qt::ControlModifier);
        bar.holesBelow()->setFocus();
        bar.holesBelow()->selectAll();
        QTest::keyClick(bar.holesBelow(), Qt::Key_5);
        const QPointF place(10, 10);
        QEnterEvent enter(place, place, f.canvas().mapToGlobal(place));
        QApplication::sendEvent(&f.canvas(), &enter);
        QVERIFY(bar.holesBelow()->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_0);
        QCOMPARE(bar.holesBelow()->value(), 50);
    }

    void theEverythingBarIsWalkedThrough()
    {
        WindowFixture f;
        start(f);
        EVENTUALLY(f.service.isReady());
        ui::EverythingDesk &desk = f.window.everything();
        desk.session().search().setPointsPerSide(4);
        f.key(Qt::Key_E);
        EVENTUALLY(desk.session().isOffering() && desk.bar()->isVisible());
        QVERIFY(comesTo(f, desk.bar()));
        for (int i = 0; i < 10 && !qobject_cast<QPushButton *>(QApplication::focusWidget()); ++i)
            pressTab();
        QVERIFY(isIn(desk.bar()));
        f.key(Qt::Key_Escape);
        EVENTUALLY(!desk.bar()->isVisible());
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
    }

    void theReviewBarIsWalkedThrough()
    {
        WindowFixture f;
        start(f);
        QFile found(f.settingsFolder.filePath("found.json"));
        QVERIFY(found.open(QIODevice::WriteOnly));
        found.write(R"({"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}],
            "categories": [{"id": 1, "name": "person"}],
            "annotations": [
                {"image_id": 1, "category_id": 1, "bbox": [160, 120, 60, 40], "score": 0.2},
                {"image_id": 1, "category_id": 1, "bbox": [360, 120, 60, 40], "score": 0.5}]})");
        found.close();
        f.window.openPaths({found.fileName()});
        ui::ReviewDesk &desk = f.window.review();
        EVENTUALLY(desk.session().isOn() && desk.bar()->isVisible());
        QVERIFY(comesTo(f, desk.bar()));
        pressTab(); // from Leave to Skip
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(desk.session().rank(), 1U);
        QVERIFY(isIn(desk.bar())); // the next one is decided on from where one stands
        QCOMPARE(f.objects().size(), 1U);
        pressTab(); // to Reject
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(desk.session().count(), 1U);
        f.window.activateWindow();
        desk.session().leave();
        EVENTUALLY(!desk.bar()->isVisible());
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
    }

    void theToolBarIsWalkedThrough()
    {
        WindowFixture f;
        start(f);
        const auto *bar = f.window.findChild<QToolBar *>();
        QVERIFY(comesTo(f, bar));
        const QAction *brush = f.window.actions()[ActionId::BrushTool];
        QWidget *button = bar->widgetForAction(f.window.actions()[ActionId::BrushTool]);
        for (int i = 0; i < 20 && QApplication::focusWidget() != button; ++i)
            pressTab();
        QCOMPARE(QApplication::focusWidget(), button);
        QTest::keyClick(button, Qt::Key_Return);
        QVERIFY(brush->isChecked());
        QCOMPARE(f.objects().size(), 1U);
        // The tool's options, too, which the tool bar lays out when the loop comes round.
        QTest::qWait(50);
        for (int i = 0; i < 20 && !qobject_cast<QSlider *>(QApplication::focusWidget()); ++i)
            pressTab();
        auto *size = qobject_cast<QSlider *>(QApplication::focusWidget());
        QVERIFY(size && bar->isAncestorOf(size));
        const int before = size->value();
        QTest::keyClick(size, Qt::Key_Up);
        QCOMPARE(size->value(), before + 1);
    }

    void whatRunsIsCancelled()
    {
        WindowFixture f;
        start(f);
        ui::TaskProgress *progress = f.window.everything().progress();
        QSignalSpy cancelled(progress, &ui::TaskProgress::cancelled);
        progress->show();
        QVERIFY(comesTo(f, progress));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(cancelled.count(), 1);
        progress->hide();
        QCOMPARE(QApplication::focusWidget(), &f.canvas());
    }

    void theWelcomePageIsWalkedThrough()
    {
        WindowFixture f;
        f.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        const auto *page = f.window.findChild<ui::EmptyState *>();
        QVERIFY(comesTo(f, page));
        QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()));
        QSignalSpy asked(page, &ui::EmptyState::sampleAsked);
        page->disconnect(&f.window); // nothing is to be opened here
        for (int i = 0; i < 2; ++i)
            pressTab();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
    }

    void theSheetOfKeysGivesTheKeyboardBack()
    {
        WindowFixture f;
        start(f);
        f.window.selection().select(f.objects().front()->annotation.id);
        f.window.actions()[ActionId::ShowGestures]->trigger();
        QVERIFY(!f.canvas().hasFocus());
        const auto *sheet = qobject_cast<ui::KeyOverlay *>(QApplication::focusWidget());
        QVERIFY(sheet && sheet->isVisible());
        // Shift is a part of "?", and what scrolls does not close.
        for (const Qt::Key key : {Qt::Key_Shift, Qt::Key_Down, Qt::Key_PageDown, Qt::Key_End})
            QTest::keyClick(QApplication::focusWidget(), key);
        QVERIFY(sheet->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!sheet->isVisible());
        QVERIFY(f.canvas().hasFocus());
        QVERIFY(f.window.selection().single()); // Escape closed the sheet and nothing else
        for (const bool shown : {true, false}) {
            QTest::keyClick(QApplication::focusWidget(), '?');
            QCOMPARE(sheet->isVisible(), shown);
        }
    }

    void aboutBeginsWithItsDefault()
    {
        ui::AboutDialog dialog({}, {}, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        const auto *focus = qobject_cast<QPushButton *>(dialog.focusWidget());
        QVERIFY(focus && focus->isDefault());
    }

    void everyActionIsInAMenuAndMenusAreDividedCleanly()
    {
        WindowFixture f;
        QSet<const QAction *> seen;
        for (const QAction *entry : f.window.menuBar()->actions()) {
            const QList<QAction *> actions = entry->menu()->actions();
            bool wasSeparator = true; // none at the top, none after another
            for (const QAction *action : actions) {
                QVERIFY2(!(wasSeparator && action->isSeparator()), qPrintable(entry->text()));
                wasSeparator = action->isSeparator();
                seen.insert(action);
            }
            QVERIFY2(!wasSeparator, qPrintable(entry->text()));
        }
        for (const ui::ActionGesture &gesture : ui::actionGestures())
            QVERIFY2(seen.contains(f.window.actions()[gesture.id]), gesture.name);
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
