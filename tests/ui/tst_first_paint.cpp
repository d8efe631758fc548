// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/first_paint.h"

#include <QTest>
#include <QWidget>

using namespace ui;
using namespace std::chrono_literals;

namespace
{

class Painted : public QWidget
{
public:
    int times = 0;

protected:
    void paintEvent(QPaintEvent *) override { ++times; }
};

} // namespace

class TestFirstPaint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itComesOnceAfterThePainting()
    {
        Painted widget;
        int calls = 0, paintedBefore = 0;
        afterFirstPaint(
            widget, [&] { ++calls, paintedBefore = widget.times; }, 1h);
        QTest::qWait(20);
        QCOMPARE(calls, 0);
        widget.show();
        QTRY_COMPARE_WITH_TIMEOUT(calls, 1, 60'000);
        QVERIFY(paintedBefore > 0);
        const int times = widget.times;
        widget.update();
        QTRY_VERIFY_WITH_TIMEOUT(widget.times > times, 60'000);
        QTest::qWait(20);
        QCOMPARE(calls, 1);
    }

    void aWindowThatIsNotPaintedDoesNotHoldItUp()
    {
        Painted widget;
        int calls = 0;
        afterFirstPaint(
            widget, [&] { ++calls; }, 1ms);
        QTRY_COMPARE_WITH_TIMEOUT(calls, 1, 60'000);
        QCOMPARE(widget.times, 0);
    }

    void nothingComesAfterTheWidget()
    {
        int calls = 0;
        {
            Painted widget;
            afterFirstPaint(
                widget, [&] { ++calls; }, 1ms);
        }
        QTest::qWait(20);
        QCOMPARE(calls, 0);
    }
};

QTEST_MAIN(TestFirstPaint)
#include "tst_first_paint.moc"
