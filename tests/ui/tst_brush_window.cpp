// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"
#include "core/project/project_file.h"
#include "ui/editing/tools/brush_tool.h"
#include "window_fixture.h"

#include <QPaintEvent>
#include <QtTest>

using namespace ui;

/// Brush and eraser in the real window.
class TestBrushWindow : public QObject
{
    Q_OBJECT

private:
    struct Fixture : WindowFixture {
        Fixture()
        {
            openFolder();
            window.toolbox().brush().setDiameter(21);
            window.toolbox().eraser().setDiameter(21);
            key(Qt::Key_B);
        }
        void press(QPointF p)
        {
            QTest::mousePress(&canvas(), Qt::LeftButton, {}, at(p.x(), p.y()));
        }
        void moveTo(QPointF p)
        {
            QMouseEvent move(QEvent::MouseMove, at(p.x(), p.y()),
                             canvas().mapToGlobal(at(p.x(), p.y())), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(&canvas(), &move);
        }
        void release(QPointF p)
        {
            QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at(p.x(), p.y()));
        }
        /// What is on screen on a pixel of the picture.
        QColor seen(double x, double y) { return canvas().grab().toImage().pixelColor(at(x, y)); }
        bool isUpToDate() const
        {
            const auto all = objects();
            return std::all_of(all.begin(), all.end(), [this](const auto &record) {
                return core::encode(window.canvas()->annotations().shownPixels(
                           record->annotation.id)) == record->annotation.mask;
            });
        }
    };

private Q_SLOTS:
    void whatIsPaintedIsOnTheCanvasAndInTheFile()
    {
        Fixture f;
        f.drag({300, 100}, {420, 180});
        f.drag({420, 180}, {300, 300});
        f.drag({350, 60}, {350, 340}, Qt::RightButton);
        QCOMPARE(f.objects().size(), std::size_t(1));
        const core::Rle mask = f.objects().front()->annotation.mask;
        QVERIFY(core::area(mask) > 1000);
        EVENTUALLY(f.isUpToDate());
        QVERIFY(f.document.waitForSaved(60'000));
        const auto saved =
            project::ProjectFile(f.document.projectFile(), project::OpenMode::ReadOnly)
                .load()
                .annotations;
        QCOMPARE(saved.size(), std::size_t(1));
        QVERIFY(saved.front()->annotation.mask == mask);
        for (int i = 0; i < 3; ++i)
            f.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.objects().empty());
        for (int i = 0; i < 3; ++i)
            f.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(f.objects().front()->annotation.mask == mask);
        EVENTUALLY(f.isUpToDate());
    }

    void aStrokeLooksAllTheTimeAsItWillInTheEnd()
    {
        Fixture f;
        const QColor bare = f.seen(400, 300);
        f.press({300, 300});
        f.moveTo({500, 300});
        f.moveTo({500, 400});
        const QColor painted = f.seen(400, 300);
        QVERIFY(painted != bare);
        f.release({500, 400});
        QCOMPARE(f.seen(400, 300), painted); // whether its shape is made already or not
        EVENTUALLY(f.isUpToDate());
        const QColor made = f.seen(400, 300);
        QVERIFY(std::abs(made.red() - painted.red()) <= 1 &&
                std::abs(made.green() - painted.green()) <= 1 &&
                std::abs(made.blue() - painted.blue()) <= 1);

        f.key(Qt::Key_B, Qt::ShiftModifier);
        f.press({400, 200});
        f.moveTo({400, 330});
        QCOMPARE(f.seen(400, 300), bare);
        QCOMPARE(f.seen(450, 300), made);
        f.release({400, 330});
        QCOMPARE(f.seen(400, 300), bare);
        EVENTUALLY(f.isUpToDate());
        QCOMPARE(f.seen(400, 300), bare);
    }

    void aStrokeIsPaintedAsItGrows()
    {
        struct Painted : QObject {
            bool eventFilter(QObject *, QEvent *event) override
            {
                if (event->type() == QEvent::Paint)
                    for (const QRect &rect : static_cast<QPaintEvent *>(event)->region())
                        area += qint64(rect.width()) * rect.height();
                return false;
            }
            qint64 area = 0;
        } painted;
        Fixture f;
        f.press({100, 100});
        f.moveTo({110, 100});
        QTest::qWait(0); // shown
        f.canvas().installEventFilter(&painted);
        const qint64 all = qint64(f.canvas().width()) * f.canvas().height();
        for (int i = 1; i <= 40; ++i) {
            f.moveTo({100.0 + 10 * i, 100.0 + i % 2 * 100});
            QApplication::processEvents();
        }
        QVERIFY(painted.area > 0);
        QVERIFY2(painted.area < 40 * all / 4, QByteArray::number(painted.area));
        f.canvas().removeEventFilter(&painted);
        // The same as when all of it is painted at once.
        const QImage grown = f.canvas().grab().toImage();
        f.canvas().setTheme(Theme::darkTheme());
        f.canvas().setTheme(Theme::lightTheme());
        const QImage fresh = f.canvas().grab().toImage();
        f.canvas().zoomBy(2);
        f.canvas().fit();
        QCOMPARE(f.canvas().grab().toImage(), fresh);
        const QRect stroke(f.at(80, 80), f.at(520, 220));
        QCOMPARE(grown.copy(stroke), fresh.copy(stroke));
        f.release({500, 100});
    }

    void theObjectInWorkIsCorrectedBeforeItIsAccepted()
    {
        Fixture f;
        f.key(Qt::Key_S);
        EVENTUALLY(f.service.isReady());
        f.click(320, 240);
        EVENTUALLY(f.session().current() && !f.session().isWaiting());
        const core::Rle answer = f.session().current()->mask;
        f.key(Qt::Key_B);
        f.drag({320, 240}, {600, 240});
        QVERIFY(f.objects().empty());
        const core::Rle corrected = f.session().current()->mask;
        QVERIFY(core::area(corrected) > core::area(answer));
        QCOMPARE(f.document.undoStack()->count(), 0);
        f.key(Qt::Key_Z, Qt::ControlModifier); // one step
        EVENTUALLY(f.session().current() && f.session().current()->mask == answer);
        f.drag({320, 240}, {600, 240});
        f.key(Qt::Key_Return);
        EVENTUALLY_EQUAL(f.objects().size(), std::size_t(1));
        QVERIFY(f.objects().front()->annotation.mask == corrected);
    }

    void sizeAndDropByKeys()
    {
        Fixture f;
        f.key(Qt::Key_Period);
        QCOMPARE(f.window.toolbox().brush().diameter(), 24);
        f.key(Qt::Key_Comma);
        QCOMPARE(f.window.toolbox().brush().diameter(), 21);
        f.press({300, 300});
        f.moveTo({350, 300});
        f.key(Qt::Key_Escape);
        f.moveTo({400, 300});
        f.release({400, 300});
        QVERIFY(f.objects().empty());
    }
};

QTEST_MAIN(TestBrushWindow)
#include "tst_brush_window.moc"
