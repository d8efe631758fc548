// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_string.h"
#include "ui/editing/edits.h"
#include "ui/widgets/canvas/candidate_strip.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/status_line.h"
#include "window_fixture.h"

#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QUrl>
#include <nlohmann/json.hpp>

#include <fstream>

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromPictureToCoco();
    void clickBeforeTheEmbeddingIsAnsweredLater();
    void boxBrushAndBackgroundPoint();
    void categoriesByKey();
    void deleteUndoRedo();
    void leavingAnUnfinishedObjectOffersTheWayBack();
    void acceptAndNextWaitsForTheMask();
    void zoomAndPan();
    void hiddenAndLockedObjects();
    void typingANameIsNoShortcut();
    void theSampleIsGuided();
    void dropOpens();
};

static nlohmann::json readJson(const QString &file)
{
    std::ifstream stream(file.toStdString());
    return nlohmann::json::parse(stream);
}

void TestMainWindow::fromPictureToCoco()
{
    WindowFixture f({}, false);
    f.openFolder();
    QCOMPARE(f.document.images().size(), 3U);

    // Before the embedding is there, then after.
    QVERIFY(!f.service.isReady());
    f.click(150, 150);
    QVERIFY(f.session().isWaiting());
    f.openGate();
    EVENTUALLY_EQUAL(f.session().candidates().size(), 3U);
    EVENTUALLY(f.canvas().candidateStrip()->isVisible());
    const int first = f.session().selected();
    f.key(Qt::Key_Tab);
    QVERIFY(f.session().selected() != first);
    QCOMPARE(f.canvas().candidateStrip()->current(), f.session().selected());
    f.key(Qt::Key_Return);
    QCOMPARE(f.objects().size(), 1U);
    QVERIFY(!f.session().isActive());

    f.click(420, 300);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    QCOMPARE(f.objects().size(), 2U);

    f.drag({40, 330}, {120, 440}); // a box
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_N);
    QCOMPARE(f.objects().size(), 3U);

    f.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.objects().size(), 2U);
    f.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.objects().size(), 3U);

    const auto &layer = f.canvas().annotations();
    for (const auto &object : f.objects())
        EVENTUALLY(!layer.boundsOf(object->annotation.id).isNull());

    // One object in the next picture.
    std::map<core::Id, core::Mask> shown;
    for (const auto &object : f.objects())
        shown[object->annotation.id] = layer.shownPixels(object->annotation.id);
    const core::Id firstImage = f.window.currentImage();
    f.key(Qt::Key_D);
    QVERIFY(f.window.currentImage() != firstImage);
    EVENTUALLY(f.canvas().hasPicture());
    f.click(200, 300);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    QCOMPARE(f.objects().size(), 1U);
    const core::Id last = f.objects().front()->annotation.id;
    EVENTUALLY(!layer.boundsOf(last).isNull());
    shown[last] = layer.shownPixels(last);
    QVERIFY(f.document.waitForSaved(10'000));

    const QString target = f.folder.filePath("out.json");
    f.window.exportTo(target);
    EVENTUALLY(f.window.messages()->text().contains("out.json"));
    const nlohmann::json coco = readJson(target);
    QCOMPARE(coco.at("images").size(), 3U);
    QCOMPARE(coco.at("annotations").size(), 4U);
    QCOMPARE(shown.size(), 4U);
    for (const auto &annotation : coco.at("annotations")) {
        const auto &segmentation = annotation.at("segmentation");
        const core::Size size{segmentation.at("size")[1].get<int>(),
                              segmentation.at("size")[0].get<int>()};
        const core::Mask mask =
            core::decode(core::rleFromString(segmentation.at("counts").get<std::string>(), size));
        QVERIFY(shown.at(annotation.at("id").get<core::Id>()) == mask);
        QCOMPARE(annotation.at("iscrowd").get<int>(), 0);
        QVERIFY(annotation.at("area").get<double>() > 100);
    }
}

void TestMainWindow::clickBeforeTheEmbeddingIsAnsweredLater()
{
    WindowFixture f({}, false);
    f.openFolder();
    QVERIFY(!f.service.isReady());
    f.click(300, 200);
    f.click(100, 100, Qt::RightButton);
    QCOMPARE(f.session().prompt().points.size(), 2U);
    QVERIFY(f.session().candidates().empty());
    f.key(Qt::Key_Return); // acceptance waits, too
    QVERIFY(f.objects().empty());
    f.openGate();
    EVENTUALLY_EQUAL(f.objects().size(), 1U);
    QVERIFY(f.window.statusLine()->serviceText().contains("Ready"));
}

void TestMainWindow::boxBrushAndBackgroundPoint()
{
    WindowFixture f;
    f.openFolder();
    f.drag({100, 100}, {300, 260});
    QVERIFY(f.session().prompt().box);
    EVENTUALLY(f.session().current());
    f.drag({150, 150}, {250, 180}, Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(f.session().prompt().strokes.size(), 1U);
    QCOMPARE(f.session().prompt().strokes.front().label, core::PointLabel::Foreground);
    f.drag({500, 400}, {560, 420}, Qt::RightButton, Qt::ShiftModifier);
    QCOMPARE(f.session().prompt().strokes.back().label, core::PointLabel::Background);
    f.click(400, 400, Qt::LeftButton, Qt::AltModifier);
    QCOMPARE(f.session().prompt().points.back().label, core::PointLabel::Background);
    f.key(Qt::Key_Backspace);
    QVERIFY(f.session().prompt().points.empty());
    f.key(Qt::Key_Z, Qt::ControlModifier); // takes back a prompt while there is one
    QCOMPARE(f.session().prompt().strokes.size(), 1U);
    EVENTUALLY(!f.session().isWaiting());
    f.key(Qt::Key_Escape);
    QVERIFY(!f.session().isActive());
    QVERIFY(f.objects().empty());
}

void TestMainWindow::categoriesByKey()
{
    WindowFixture f;
    f.openFolder();
    const core::Id car = ui::addCategory(f.document, "car");
    const core::Id person = ui::addCategory(f.document, "person");
    f.key(Qt::Key_2);
    QCOMPARE(f.session().category(), person);
    f.click(150, 150);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    QCOMPARE(f.objects().front()->annotation.categoryId, person);
    f.window.selection().select(f.objects().front()->annotation.id);
    f.key(Qt::Key_1); // the selected object's
    QCOMPARE(f.objects().front()->annotation.categoryId, car);
    f.document.undoStack()->undo();
    QCOMPARE(f.objects().front()->annotation.categoryId, person);
}

void TestMainWindow::deleteUndoRedo()
{
    WindowFixture f;
    f.openFolder();
    f.click(150, 150);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    const project::AnnotationPointer before = f.objects().front();
    f.window.selection().select(before->annotation.id);
    f.key(Qt::Key_Delete);
    QVERIFY(f.objects().empty());
    f.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.objects().size(), 1U);
    QVERIFY(*f.objects().front() == *before);
    f.key(Qt::Key_Y, Qt::ControlModifier);
    QVERIFY(f.objects().empty());
}

void TestMainWindow::leavingAnUnfinishedObjectOffersTheWayBack()
{
    WindowFixture f;
    f.openFolder();
    const core::Id first = f.window.currentImage();
    f.click(150, 150);
    f.click(170, 160);
    EVENTUALLY(f.session().current());
    const project::PromptRecord prompt = f.session().prompt();
    f.key(Qt::Key_D);
    QVERIFY(!f.session().isActive());
    QVERIFY(!f.window.messages()->text().isEmpty());
    f.window.messages()->triggerAction();
    QCOMPARE(f.window.currentImage(), first);
    QVERIFY(f.session().prompt() == prompt);
    EVENTUALLY(f.session().current());
}

void TestMainWindow::acceptAndNextWaitsForTheMask()
{
    WindowFixture f({}, false);
    f.openFolder();
    const core::Id first = f.window.currentImage();
    f.click(150, 150);
    f.key(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.window.currentImage(), first);
    f.openGate();
    EVENTUALLY(f.window.currentImage() != first);
    QCOMPARE(f.document.annotationCount(first), 1);
}

void TestMainWindow::zoomAndPan()
{
    WindowFixture f;
    f.openFolder();
    const QPoint anchor = f.at(320, 240);
    const QPointF fixed = f.canvas().transform().toPicture(anchor);
    QWheelEvent wheel(anchor, f.canvas().mapToGlobal(anchor), {}, {0, 8 * 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    const double before = f.canvas().transform().zoom();
    QApplication::sendEvent(&f.canvas(), &wheel);
    QVERIFY(f.canvas().transform().zoom() > before * 3);
    QVERIFY((f.canvas().transform().toPicture(anchor) - fixed).manhattanLength() < 1);
    const QPointF corner = f.canvas().transform().toView(QPointF(0, 0));
    f.drag({320, 240}, {330, 250}, Qt::MiddleButton);
    QVERIFY(f.canvas().transform().toView(QPointF(0, 0)) != corner);
    QVERIFY(!f.session().isActive());
    f.key(Qt::Key_0, Qt::ControlModifier);
    QVERIFY(f.canvas().transform().isFitted());
    f.key(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(f.canvas().transform().zoom(), 1.0);
    // While Space is held the left button pans.
    QTest::keyPress(&f.canvas(), Qt::Key_Space);
    f.drag({320, 240}, {300, 220});
    QTest::keyRelease(&f.canvas(), Qt::Key_Space);
    QVERIFY(!f.session().isActive());
}

void TestMainWindow::hiddenAndLockedObjects()
{
    WindowFixture f;
    f.openFolder();
    f.click(150, 150);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    const core::Id id = f.objects().front()->annotation.id;
    const auto &layer = f.canvas().annotations();
    EVENTUALLY(!layer.boundsOf(id).isNull());
    f.key(Qt::Key_H); // the hand selects by click
    f.click(150, 150);
    QCOMPARE(f.window.selection().single(), id);
    f.click(600, 20);
    QCOMPARE(f.window.selection().single(), 0);
    QAbstractItemModel *model = f.window.objects()->view()->model();
    model->setData(model->index(0, 0), true, ui::AnnotationListModel::LockedRole);
    f.click(150, 150);
    QCOMPARE(f.window.selection().single(), 0);
    model->setData(model->index(0, 0), false, ui::AnnotationListModel::VisibleRole);
    QVERIFY(layer.boundsOf(id).isNull());
}

void TestMainWindow::typingANameIsNoShortcut()
{
    WindowFixture f;
    f.openFolder();
    f.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    const core::Id image = f.window.currentImage();
    f.window.actions()[ui::ActionId::AddCategory]->trigger();
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(field);
    QTest::keyClicks(field, "band 1");
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f.window.currentImage(), image);
    QCOMPARE(f.document.categories().size(), 1U);
    QCOMPARE(f.document.categories().front().name, std::string("band 1"));
    QCOMPARE(f.session().category(), f.document.categories().front().id);
}

void TestMainWindow::theSampleIsGuided()
{
    QStandardPaths::setTestModeEnabled(true);
    WindowFixture f;
    f.window.openSample();
    EVENTUALLY(f.canvas().hasPicture());
    EVENTUALLY_EQUAL(f.window.guide().index(), 0);
    f.click(320, 240);
    EVENTUALLY_EQUAL(f.window.guide().index(), 1);
    f.session().drop();
    f.window.guide().stop();
    QStandardPaths::setTestModeEnabled(false);
}

void TestMainWindow::dropOpens()
{
    WindowFixture f;
    const QString file = f.folder.filePath("a.png");
    WindowFixture::drawPicture(file, {100, 80}, Qt::white);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&f.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&f.window, &drop);
    EVENTUALLY(f.canvas().hasPicture());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
