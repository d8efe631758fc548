// SPDX-License-Identifier: Apache-2.0
#include "event_watch.h"
#include "large_import.h"
#include "ui/widgets/interchange/import_dialog.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/message_bar.h"
#include "window_fixture.h"

using namespace std::chrono_literals;

/// The heartbeat: no event keeps the window's thread for long, while pictures are embedded, masks
/// decoded and files exported.
class TestWindowNeverWaits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverIsUnderWay_data();
    void whateverIsUnderWay();
    void aLargeImportIsDoneAndUndone();
};

void TestWindowNeverWaits::whateverIsUnderWay_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("small pictures") << QSize(640, 480);
    QTest::newRow("12 megapixels") << QSize(4000, 3000);
}

void TestWindowNeverWaits::whateverIsUnderWay()
{
    QFETCH(QSize, size);
    WindowFixture f({600ms, 150ms}, false);
    WindowFixture::drawPicture(f.folder.filePath("0.jpg"), size, Qt::gray);
    auto *watch = static_cast<EventWatch *>(qApp);
    QTest::qWait(50);
    watch->restart();
    f.openFolder();
    // Encoding: the pointer moves, zooms and clicks.
    QVERIFY(!f.service.isReady());
    const auto across = [&](double x, double y) {
        return f.canvas()
            .transform()
            .toView(QPointF(x * size.width(), y * size.height()))
            .toPoint();
    };
    for (int i = 0; i < 20; ++i) {
        QTest::mouseMove(&f.canvas(), across(0.2 + 0.02 * i, 0.4));
        QTest::qWait(5);
    }
    QTest::mouseClick(&f.canvas(), Qt::LeftButton, {}, across(0.4, 0.4));
    f.openGate();
    EVENTUALLY(f.session().current());
    // Decoding: clicks and hovers faster than answers.
    for (int i = 0; i < 20; ++i) {
        QTest::mouseMove(&f.canvas(), across(0.2 + 0.02 * i, 0.45));
        if (i % 5 == 0)
            QTest::mouseClick(&f.canvas(), Qt::LeftButton, {}, across(0.3 + 0.01 * i, 0.4));
        QTest::qWait(20);
    }
    EVENTUALLY(!f.session().isWaiting());
    f.key(Qt::Key_Return);
    QCOMPARE(f.objects().size(), 1U);
    EVENTUALLY(!f.canvas().annotations().boundsOf(f.objects().front()->annotation.id).isNull());
    // Exporting while the next object is asked for.
    f.window.exportTo(f.folder.filePath("out.json"));
    QTest::mouseClick(&f.canvas(), Qt::LeftButton, {}, across(0.7, 0.7));
    EVENTUALLY(f.window.messages()->text().contains("out.json"));
    f.key(Qt::Key_D);
    EVENTUALLY(f.canvas().hasPicture());

#if defined(__SANITIZE_ADDRESS__)
    const double limit = 250; // everything is slower, the model's waits are longer still
#else
    const double limit = 150; // on any machine; tests/bench has the figures that are aimed at
#endif
    QVERIFY2(watch->longestMilliseconds() < limit,
             QByteArray::number(watch->longestMilliseconds()) + " ms: " + watch->longestEvent());
}

void TestWindowNeverWaits::aLargeImportIsDoneAndUndone()
{
    WindowFixture f;
    const QString file = makeLargeImport(QDir(f.folder.path()), 250, 20'000);
    QVERIFY(!file.isEmpty());
    f.window.openPaths({f.folder.filePath("pictures")});
    EVENTUALLY(f.canvas().hasPicture() && !f.document.isListing());
    EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
    auto *watch = static_cast<EventWatch *>(qApp);
    f.window.interchange().askForImport(file);
    auto *dialog = f.window.findChild<ui::ImportDialog *>();
    QVERIFY(dialog);
    watch->restart();
    EVENTUALLY(!dialog->isReading());
    dialog->accept();
    EVENTUALLY(!f.window.interchange().isImporting());
    QCOMPARE(f.document.annotationCount(), std::size_t(20'000));
    QCOMPARE(f.objects().size(), 80U);
    for (const auto &[id, count] :
         {std::pair(ui::ActionId::Undo, 0U), std::pair(ui::ActionId::Redo, 20'000U),
          std::pair(ui::ActionId::Undo, 0U)}) {
        // As an event, so that it is watched.
        QMetaObject::invokeMethod(f.window.actions()[id], &QAction::trigger, Qt::QueuedConnection);
        EVENTUALLY_EQUAL(f.document.annotationCount(), std::size_t(count));
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
    }
#if defined(__SANITIZE_ADDRESS__)
    const double limit = 1000;
#else
    const double limit = 150; // on any machine; tests/bench has the figures that are aimed at
#endif
    QVERIFY2(watch->longestMilliseconds() < limit,
             QByteArray::number(watch->longestMilliseconds()) + " ms: " + watch->longestEvent());
}

int main(int argc, char **argv)
{
    EventWatch application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("maskwright-test"));
    TestWindowNeverWaits test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_never_waits.moc"
