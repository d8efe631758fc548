// SPDX-License-Identifier: Apache-2.0
#include "window_fixture.h"

#include <QPaintEvent>
#include <QScreen>
#include <QtTest>

using namespace ui;

/// The preview under the pointer, in the real window: what of the canvas is painted for it.
class TestHoverWindow : public QObject
{
    Q_OBJECT

private:
    struct Fixture : WindowFixture {
        Fixture()
        {
            openFolder();
            key(Qt::Key_S);
        }
        void moveTo(double x, double y)
        {
            QMouseEvent move(QEvent::MouseMove, at(x, y), canvas().mapToGlobal(at(x, y)),
                             Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(&canvas(), &move);
        }
        /// What was painted into the window, piece by piece.
        QImage onScreen()
        {
            const QPoint corner = canvas().mapTo(&window, QPoint(0, 0));
            return window.screen()
                ->grabWindow(window.winId(), corner.x(), corner.y(), canvas().width(),
                             canvas().height())
                .toImage()
                .convertToFormat(QImage::Format_RGB32);
        }
        /// The same painted at once.
        QImage fresh() { return canvas().grab().toImage().convertToFormat(QImage::Format_RGB32); }
    };

    struct Painted : QObject {
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                region |= static_cast<QPaintEvent *>(event)->region();
            return false;
        }
        QRegion region;
    };

private Q_SLOTS:
    void previewsComeAndGoWithoutATrace()
    {
        Fixture f;
        EVENTUALLY(f.service.isReady());
        f.moveTo(60, 60);
        EVENTUALLY(!f.session().hoverShape().isEmpty());
        QRect before;
        for (const QPointF place : {QPointF(200, 120), QPointF(480, 300), QPointF(90, 330)}) {
            before = f.session().hoverShape().bounds;
            f.moveTo(place.x(), place.y());
            EVENTUALLY(f.session().hoverShape().bounds != before);
            EVENTUALLY(f.onScreen() == f.fresh());
        }
        f.moveTo(-20, -20); // beside the picture
        EVENTUALLY(f.session().hoverShape().isEmpty());
        EVENTUALLY(f.onScreen() == f.fresh());
    }

    void aPreviewIsPaintedWhereItIs()
    {
        Fixture f;
        EVENTUALLY(f.service.isReady());
        f.moveTo(60, 60);
        EVENTUALLY(!f.session().hoverShape().isEmpty());
        EVENTUALLY(f.onScreen() == f.fresh());
        Painted painted;
        f.canvas().installEventFilter(&painted);
        const QRect before = f.session().hoverShape().bounds;
        f.moveTo(64, 60);
        EVENTUALLY(f.session().hoverShape().bounds != before);
        EVENTUALLY(!painted.region.isEmpty());
        const QRect both = before | f.session().hoverShape().bounds;
        const ViewTransform &transform = f.canvas().transform();
        const QRect seen = QRectF(transform.toView(QPointF(both.topLeft())),
                                  transform.toView(QPointF(both.bottomRight() + QPoint(1, 1))))
                               .toAlignedRect()
                               .adjusted(-10, -10, 10, 10);
        QVERIFY(seen.width() < f.canvas().width() || seen.height() < f.canvas().height());
        QVERIFY(seen.contains(painted.region.boundingRect()));
    }

    void thePointTakenUpIsMarked()
    {
        Fixture f;
        EVENTUALLY(f.service.isReady());
        f.click(300, 200);
        EVENTUALLY(f.session().current() && !f.session().isWaiting());
        f.moveTo(500, 380);
        EVENTUALLY(f.onScreen() == f.fresh());
        const QImage cold = f.fresh();
        f.moveTo(300, 200);
        EVENTUALLY(f.onScreen() == f.fresh() && f.fresh() != cold);
        f.moveTo(500, 380);
        EVENTUALLY(f.onScreen() == f.fresh());
    }
};

QTEST_MAIN(TestHoverWindow)
#include "tst_hover_window.moc"
