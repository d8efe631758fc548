// SPDX-License-Identifier: Apache-2.0
// The real window while an object is being drawn: threshold, drags, masks taken up again, looking
// closer.
#include "core/mask/rle_measure.h"
#include "ui/editing/edits.h"
#include "ui/widgets/prompting/prompting_controller.h"
#include "ui/widgets/prompting/threshold_control.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/tool_options/tool_hint.h"
#include "window_fixture.h"

#include <QSlider>
#include <QToolButton>

class TestPromptingWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theThresholdFollowsTheSliderAndTheKeys();
    void aDraggedPointIsFollowedBeforeItIsLetGo();
    void aMaskFromElsewhereIsTakenUpAndRefined();
    void smallObjectsAreLookedAtCloser();
    void theVisiblePartIsLookedAtCloser();
    void theChosenCandidateIsRememberedInTheSettings();
    void anObjectTakenUpIsOfItsOwnCategory();
    void anObjectTakenUpMayGoToAnotherCategory();
};

namespace
{

core::Rle block(int x, int y, int width, int height)
{
    core::Mask mask({640, 480});
    for (int row = y; row < y + height; ++row)
        std::fill_n(mask.row(row) + x, width, std::uint8_t(1));
    return core::encode(mask);
}

bool isOn(const ui::PromptSession &session, int x, int y)
{
    return session.current() && core::contains(session.current()->mask, x, y);
}

QString hint(ui::MainWindow &window)
{
    return window.findChild<ui::ToolHint *>()->text();
}

} // namespace

void TestPromptingWindow::theThresholdFollowsTheSliderAndTheKeys()
{
    WindowFixture f;
    f.openFolder();
    ui::ThresholdControl &control = *f.window.prompting()->threshold();
    QVERIFY(!control.isVisible());
    f.click(300, 200);
    EVENTUALLY(f.session().current());
    EVENTUALLY(control.isVisible());
    const core::Rle before = f.session().current()->mask;

    control.slider()->setValue(40);
    EVENTUALLY_EQUAL(f.session().current()->threshold, 4.0F);
    QVERIFY(core::area(f.session().current()->mask) < core::area(before));
    f.key(Qt::Key_BracketRight);
    EVENTUALLY_EQUAL(f.session().current()->threshold, 4.5F);
    QCOMPARE(control.slider()->value(), 45);
    f.key(Qt::Key_BracketLeft);
    EVENTUALLY_EQUAL(f.session().current()->threshold, 4.0F);
    auto *reset = control.findChild<QToolButton *>();
    QVERIFY(reset->isVisible());
    reset->click();
    QVERIFY(f.session().current()->mask == before);
    QVERIFY(!reset->isVisible());

    control.slider()->setValue(-20);
    f.key(Qt::Key_Return);
    EVENTUALLY_EQUAL(f.objects().size(), 1U);
    QCOMPARE(f.objects().front()->prompt.threshold, -2.0F);
    QVERIFY(core::area(f.objects().front()->annotation.mask) > core::area(before));
    EVENTUALLY(!control.isVisible()); // the window may be told a little later
}

void TestPromptingWindow::aDraggedPointIsFollowedBeforeItIsLetGo()
{
    WindowFixture f;
    f.openFolder();
    f.click(200, 200);
    EVENTUALLY(isOn(f.session(), 200, 200));
    QTest::mousePress(&f.canvas(), Qt::LeftButton, {}, f.at(200, 200));
    for (const int x : {230, 300, 400}) {
        QMouseEvent move(QEvent::MouseMove, f.at(x, 200), f.canvas().mapToGlobal(f.at(x, 200)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.canvas(), &move);
        EVENTUALLY(isOn(f.session(), x, 200));
    }
    QVERIFY(!isOn(f.session(), 200, 200));
    QTest::mouseRelease(&f.canvas(), Qt::LeftButton, {}, f.at(400, 200));
    EVENTUALLY(!f.session().isWaiting());
    f.key(Qt::Key_Backspace); // all of the drag is one step
    EVENTUALLY(isOn(f.session(), 200, 200));
    QCOMPARE(f.session().prompt().points.size(), 1U);
}

void TestPromptingWindow::aMaskFromElsewhereIsTakenUpAndRefined()
{
    WindowFixture f;
    f.openFolder();
    const core::Rle mask = block(100, 100, 80, 60);
    project::AnnotationRecord record;
    record.annotation = {0, f.window.currentImage(), 0, mask, false};
    const core::Id id = ui::addAnnotation(f.document, record);
    EVENTUALLY(!f.canvas().annotations().boundsOf(id).isNull());
    f.window.selection().select(id);
    f.key(Qt::Key_R);
    QVERIFY(f.session().current() && f.session().current()->mask == mask);
    f.click(200, 130);
    EVENTUALLY(isOn(f.session(), 200, 130));
    QVERIFY(isOn(f.session(), 101, 101)); // a corner that no disc reaches
    f.key(Qt::Key_Return);
    EVENTUALLY(!f.session().isActive());
    QCOMPARE(f.objects().size(), 1U);
    QVERIFY(core::area(f.objects().front()->annotation.mask) > core::area(mask));
    f.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(f.objects().front()->annotation.mask == mask);

    // The same by a double click, where clicks select.
    f.key(Qt::Key_H);
    EVENTUALLY(f.canvas().annotations().objectAt({120, 120}) == id);
    QTest::mouseDClick(&f.canvas(), Qt::LeftButton, {}, f.at(120, 120));
    QCOMPARE(f.session().refined(), id);
    QVERIFY(f.session().current()->mask == mask);
}

void TestPromptingWindow::smallObjectsAreLookedAtCloser()
{
    WindowFixture f;
    f.openFolder();
    EVENTUALLY(f.service.isReady());
    f.drag({300, 200}, {320, 222}); // eight cells of the model's grid
    EVENTUALLY(f.session().current() && !f.session().isWaiting());
    EVENTUALLY(hint(f.window).contains("small"));
    f.key(Qt::Key_F);
    EVENTUALLY(f.service.focused());
    QVERIFY((f.session().focused()->width < 100));
    QVERIFY(!hint(f.window).contains("small"));
    QVERIFY(f.window.actions()[ui::ActionId::LookCloser]->isChecked());
    EVENTUALLY(!f.session().isWaiting());
    const core::Rle closer = f.session().current()->mask;
    QVERIFY(isOn(f.session(), 310, 210));

    f.key(Qt::Key_F); // the way back
    QVERIFY(!f.service.focused());
    QVERIFY(!f.window.actions()[ui::ActionId::LookCloser]->isChecked());
    QVERIFY(f.session().current()->mask == closer);
    f.key(Qt::Key_Return);
    EVENTUALLY_EQUAL(f.objects().size(), 1U);
    QVERIFY(f.objects().front()->annotation.mask == closer);
}

void TestPromptingWindow::theVisiblePartIsLookedAtCloser()
{
    WindowFixture f;
    f.openFolder();
    EVENTUALLY(f.service.isReady());
    f.key(Qt::Key_F); // all of it is visible: nothing to gain
    QVERIFY(!f.service.isFocusing() && !f.service.focused());
    QVERIFY(!f.window.actions()[ui::ActionId::LookCloser]->isChecked());

    f.canvas().setZoom(6);
    const QRectF visible = f.canvas().transform().visiblePicture();
    f.key(Qt::Key_F);
    EVENTUALLY(f.service.focused());
    QVERIFY(std::abs(f.service.focused()->width - visible.width()) <= 2);
    const QPointF middle = visible.center();
    f.click(middle.x(), middle.y());
    EVENTUALLY(f.session().current());
    // The fake's disc is an eighth of what it sees.
    QVERIFY(f.session().current()->shape.bounds.width() < 60);
}

void TestPromptingWindow::theChosenCandidateIsRememberedInTheSettings()
{
    WindowFixture f;
    f.openFolder();
    f.click(200, 200);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return); // makes the category
    EVENTUALLY_EQUAL(f.objects().size(), 1U);
    f.click(400, 200);
    EVENTUALLY(f.session().current());
    f.session().select(2);
    f.key(Qt::Key_Return);
    const QVariantMap choices = ui::settings::candidateChoices();
    QCOMPARE(choices.size(), 1);
    QCOMPARE(choices.first().toString(), QStringLiteral("whole"));
    f.click(300, 300);
    EVENTUALLY(f.session().current());
    QCOMPARE(f.session().selected(), 2);
}

/// Two categories of an object each; the second one is current.
static void drawTwo(WindowFixture &f, core::Id &first, core::Id &second)
{
    f.openFolder();
    for (const auto &[name, x, id] :
         {std::tuple("car", 150, &first), std::tuple("tree", 450, &second)}) {
        *id = ui::addCategory(f.document, QLatin1String(name));
        f.session().setCategory(*id);
        f.click(x, 200);
        EVENTUALLY(f.session().current() && !f.session().isWaiting());
        f.session().accept();
    }
    QCOMPARE(f.objects().size(), 2U);
}

void TestPromptingWindow::anObjectTakenUpIsOfItsOwnCategory()
{
    WindowFixture f;
    core::Id car = 0, tree = 0;
    drawTwo(f, car, tree);
    f.session().refine(f.objects()[0]->annotation.id);
    EVENTUALLY(f.session().current() && !f.session().isWaiting());
    QCOMPARE(f.session().category(), car); // and shown in its colour
    f.session().accept();
    QCOMPARE(f.objects()[0]->annotation.categoryId, car);
    QCOMPARE(f.objects()[1]->annotation.categoryId, tree);
}

void TestPromptingWindow::anObjectTakenUpMayGoToAnotherCategory()
{
    WindowFixture f;
    core::Id car = 0, tree = 0;
    drawTwo(f, car, tree);
    f.session().refine(f.objects()[0]->annotation.id);
    EVENTUALLY(f.session().current() && !f.session().isWaiting());
    f.key(Qt::Key_2);
    f.session().accept();
    QCOMPARE(f.objects()[0]->annotation.categoryId, tree);
    QCOMPARE(f.document.undoStack()->count(), 5); // two categories, two objects, one change
}

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    TestPromptingWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_prompting_window.moc"
