// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/scissors_tool.h"

#include "tool_bench.h"

#include <QPainter>
#include <QtTest>

using namespace ui;

class TestScissorsTool : public QObject
{
    Q_OBJECT

private:
    struct Bench : ToolBench {
        ScissorsTool tool{target};

        /// A light disc of radius 15 around (32, 24) on a dark ground.
        Bench()
        {
            QImage picture(PictureFolder::width, PictureFolder::height, QImage::Format_RGB32);
            picture.fill(qRgb(50, 60, 70));
            QPainter painter(&picture);
            painter.setPen(Qt::NoPen);
            painter.setBrush(QColor(210, 200, 190));
            painter.drawEllipse(QPointF(32, 24), 15, 15);
            painter.end();
            tool.setPicture(picture);
            tool.setView(view());
        }
        void click(QPointF at, Qt::MouseButton button = Qt::LeftButton,
                   Qt::KeyboardModifiers modifiers = {})
        {
            ToolBench::click(tool, at, button, modifiers);
        }
        void clickAround()
        {
            for (const QPointF p : {QPointF(47, 24), {32, 39}, {17, 24}, {32, 9}})
                click(p);
        }
        bool waitForEdges()
        {
            return QTest::qWaitFor([this] { return !tool.isTracing(); }, 20000);
        }
        bool waitForMask()
        {
            return QTest::qWaitFor([this] { return !tool.isBusy(); }, 20000);
        }
        /// Pixels that are not as in the disc.
        int wrongPixels() const
        {
            const core::Mask mask = core::decode(target.mask());
            int wrong = 0;
            for (int y = 0; y < mask.size.height; ++y) {
                for (int x = 0; x < mask.size.width; ++x)
                    wrong += mask.at(x, y) != (std::hypot(x + 0.5 - 32, y + 0.5 - 24) < 15);
            }
            return wrong;
        }
    };
    std::unique_ptr<Bench> m;
    // Two pixels all along the outline would be 190; the square through the four anchors alone
    // misses 257 of the disc's pixels.
    static constexpr int tolerated = 95;

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void fourClicksFollowTheDisc()
    {
        m->click({47, 24});
        for (const QPointF p : {QPointF(32, 39), {17, 24}, {32, 9}}) {
            QVERIFY(m->waitForEdges());
            m->click(p);
        }
        QVERIFY(m->waitForEdges());
        m->click({47, 24});         // the first one
        QVERIFY(!m->tool.isBusy()); // everything was known
        QVERIFY2(m->wrongPixels() < tolerated, qPrintable(QString::number(m->wrongPixels())));
        QCOMPARE(m->steps(), 1);
    }

    void clicksNeedNotWait_data()
    {
        QTest::addColumn<QString>("closing");
        for (const char *way : {"click on the first anchor", "Enter"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }

    void clicksNeedNotWait()
    {
        QFETCH(QString, closing);
        m->clickAround();
        QVERIFY(m->tool.isTracing());
        if (closing == QLatin1String("Enter"))
            QVERIFY(m->tool.complete());
        else
            m->click({47, 24});
        QCOMPARE(m->steps(), 0);
        QVERIFY(m->waitForMask());
        QCOMPARE(m->steps(), 1);
        QVERIFY2(m->wrongPixels() < tolerated, qPrintable(QString::number(m->wrongPixels())));
    }

    void theLivePathFollowsTheEdgeToThePointer()
    {
        m->click({47, 24});
        QVERIFY(m->waitForEdges());
        m->tool.move(m->event({32, 39}));
        QVERIFY(m->waitForEdges());
        QVERIFY(m->tool.preview().line.elementCount() > 3); // no straight line
        QCOMPARE(m->tool.preview().handles.size(), 1U);
        for (int i = 0; i < m->tool.preview().line.elementCount(); ++i) {
            const QPointF p = m->tool.preview().line.elementAt(i);
            QVERIFY(std::abs(std::hypot(p.x() - 32, p.y() - 24) - 15) < 2.5);
        }
    }

    void aDoubleClickCloses()
    {
        m->click({47, 24});
        m->click({32, 39});
        m->click({17, 24});
        m->doubleClick(m->tool, {32, 9});
        QVERIFY(m->waitForMask());
        QVERIFY2(m->wrongPixels() < tolerated, qPrintable(QString::number(m->wrongPixels())));
    }

    void beginningWithTheRightButtonTakesPixelsAway()
    {
        m->target.apply(core::SetOperation::Union, m->block(0, 0, 64, 48), QStringLiteral("All"));
        m->click({47, 24}, Qt::RightButton);
        m->click({32, 39});
        m->click({17, 24});
        m->click({32, 9});
        m->tool.complete();
        QVERIFY(m->waitForMask());
        QCOMPARE(core::decode(m->target.mask()).at(32, 24), 0);
        QCOMPARE(core::decode(m->target.mask()).at(5, 5), 1);
        QVERIFY(m->wrongPixels() > 64 * 48 - tolerated);
    }

    void takingBackGoesAnchorByAnchor()
    {
        m->clickAround();
        QCOMPARE(m->tool.preview().handles.size(), 4U);
        m->tool.complete();
        QVERIFY(m->tool.takeBack()); // the closing, as it waited
        QCOMPARE(m->tool.preview().handles.size(), 4U);
        QVERIFY(m->tool.takeBack());
        QCOMPARE(m->tool.preview().handles.size(), 3U);
        m->click({32, 9});
        m->tool.complete();
        QVERIFY(m->waitForMask());
        QVERIFY2(m->wrongPixels() < tolerated, qPrintable(QString::number(m->wrongPixels())));
    }

    void takingTheLastAnchorBackEndsIt()
    {
        m->click({47, 24});
        QVERIFY(m->tool.takeBack());
        QVERIFY(!m->tool.isBusy());
        QVERIFY(!m->tool.takeBack());
    }

    void anotherPictureDropsWhatIsHalfDrawn()
    {
        m->clickAround();
        m->tool.complete();
        m->tool.setPicture({});
        QVERIFY(!m->tool.isBusy());
        QTest::qWait(50); // what was on its way changes nothing
        QCOMPARE(m->steps(), 0);
        m->click({10, 10}); // no picture, no anchor
        QVERIFY(!m->tool.isBusy());
    }

    void aPointerBeyondThePictureStaysInside()
    {
        m->click({-30, 24});
        QVERIFY(m->waitForEdges());
        m->tool.move(m->event({500, -80}));
        QVERIFY(m->waitForEdges());
        const QRectF picture(0, 0, PictureFolder::width, PictureFolder::height);
        QVERIFY(picture.contains(m->tool.preview().line.boundingRect()));
    }

    void theWindowHoldsWhatIsSeenAndIsNeverTooLarge()
    {
        const QSize picture(6000, 4000);
        const EdgeWindow whole =
            edgeWindow({0, 0, 6000, 4000}, 6, {100, 100}, {5900, 3900}, picture);
        QCOMPARE(whole.part, QRect(0, 0, 6000, 4000));
        QVERIFY(whole.part.width() * whole.part.height() / whole.step / whole.step < 310'000);
        const EdgeWindow closeUp =
            edgeWindow({1000, 1000, 200, 100}, 0.25, {900, 1050}, {1100, 1050}, picture);
        QCOMPARE(closeUp.step, 1.0);
        QVERIFY(closeUp.contains({900, 1050}));
        QVERIFY(closeUp.contains({1200, 1100}));
        QVERIFY(closeUp.part.width() < 400);
    }
};

QTEST_GUILESS_MAIN(TestScissorsTool)
#include "tst_scissors_tool.moc"
