// SPDX-License-Identifier: Apache-2.0
#include "event_watch.h"
#include "window_fixture.h"

#include "ui/widgets/proposals/everything_bar.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/proposal_layer.h"
#include "ui/widgets/task_progress.h"

#include <QPushButton>
#include <QSlider>
#include <QtTest>

using namespace ui;

// "Everything in view" as the user sees it, on a fake model that finds three discs at every point.
class TestEverythingWindow : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m;

    EverythingDesk &desk() { return m->window.everything(); }
    ProposalList &list() { return desk().session().list(); }
    QAction *action(ActionId id) { return m->window.actions()[id]; }
    QPushButton *button(int index) { return desk().bar()->findChildren<QPushButton *>()[index]; }

    void offer()
    {
        m->key(Qt::Key_E);
        EVENTUALLY(!list().isEmpty());
    }
    void clickProposal(int row)
    {
        // Some pixel of it that no other one hides.
        const ProposalMap &map = *list().map();
        for (int y = 0; y < map.size.height; ++y) {
            for (int x = 0; x < map.size.width; ++x) {
                if (map.indexAt(x, y) != row)
                    continue;
                const QPoint place =
                    m->canvas().transform().toView(QPointF(x + 0.5, y + 0.5)).toPoint();
                QTest::mouseClick(desk().layer(), Qt::LeftButton, {}, place);
                return;
            }
        }
        QFAIL("nothing of it is seen");
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<WindowFixture>();
        desk().session().search().setPointsPerSide(8);
        m->openFolder();
        EVENTUALLY(m->service.isReady());
    }
    void cleanup() { m.reset(); }

    void findsOffersAndAcceptsSome()
    {
        QVERIFY(desk().bar()->isHidden() && desk().layer()->isHidden());
        m->key(Qt::Key_E);
        QVERIFY(desk().session().isSearching());
        QVERIFY(!desk().progress()->isHidden());
        EVENTUALLY(!list().isEmpty());
        QVERIFY(desk().progress()->isHidden());
        QVERIFY(!desk().bar()->isHidden() && !desk().layer()->isHidden());
        QVERIFY(desk().bar()->countText().contains(QString::number(list().rowCount())));

        clickProposal(0);
        clickProposal(1);
        QCOMPARE(list().chosenCount(), 2);
        clickProposal(1);
        QCOMPARE(list().chosenCount(), 1);
        QVERIFY(!m->session().isActive()); // the clicks were no prompts
        m->key(Qt::Key_Return);
        QCOMPARE(m->objects().size(), std::size_t(1));
        QVERIFY(desk().session().isOffering()); // the others are still there

        m->key(Qt::Key_Escape);
        QVERIFY(!desk().session().isActive());
        QVERIFY(desk().bar()->isHidden() && desk().layer()->isHidden());
        m->key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m->objects().size(), std::size_t(0));
    }

    void acceptsAllInOneStep()
    {
        offer();
        const std::size_t offered = list().proposals().size();
        m->key(Qt::Key_Return);
        QCOMPARE(m->objects().size(), offered);
        QVERIFY(desk().bar()->isHidden());
        m->key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m->objects().size(), std::size_t(0));
    }

    void slidersFilterAtOnce()
    {
        offer();
        const int before = list().rowCount();
        const auto sliders = desk().bar()->findChildren<QSlider *>();
        QCOMPARE(sliders.size(), 4);
        sliders[0]->setValue(95); // above the fake model's best
        EVENTUALLY(list().isEmpty());
        QVERIFY(desk().bar()->countText().contains(QStringLiteral("Nothing passes")));
        sliders[0]->setValue(0);
        EVENTUALLY(list().rowCount() >= before);
    }

    void aBoxIsTheRegion()
    {
        m->drag({100, 100}, {400, 360});
        QVERIFY(m->session().prompt().box.has_value());
        offer();
        QVERIFY(!m->session().isActive()); // it was no prompt
        for (const Proposal &proposal : list().proposals())
            QVERIFY(proposal.box.x0 >= 99 && proposal.box.x1 <= 402);
    }

    void whatIsOnScreenIsTheRegionWhenZoomedIn()
    {
        m->canvas().setZoom(4);
        const QRectF visible = m->canvas().transform().visiblePicture();
        QVERIFY(visible.width() < 400);
        offer();
        for (const Proposal &proposal : list().proposals())
            QVERIFY(visible.adjusted(-2, -2, 2, 2)
                        .contains(QRectF(QPointF(proposal.box.x0, proposal.box.y0),
                                         QPointF(proposal.box.x1, proposal.box.y1))));
    }

    void clicksArePromptsWhileItSearches()
    {
        m->key(Qt::Key_E);
        m->click(150, 130);
        EVENTUALLY(!m->session().isWaiting() && m->session().current());
        m->key(Qt::Key_Escape);
        QVERIFY(!m->session().isActive());
        EVENTUALLY(desk().session().isOffering() || desk().session().isSearching());
        m->key(Qt::Key_Escape);
        QVERIFY(!desk().session().isActive());
    }

    void theBarsButtonsDoIt()
    {
        offer();
        const int offered = list().rowCount();
        button(0)->click();
        QCOMPARE(list().chosenCount(), offered);
        button(0)->click();
        QCOMPARE(list().chosenCount(), 0);
        button(1)->click();
        QVERIFY(!desk().session().isActive());
    }

    void theNextPictureHasNoneOfIt()
    {
        offer();
        action(ActionId::NextImage)->trigger();
        QVERIFY(desk().bar()->isHidden());
        QVERIFY(list().isEmpty());
    }

    void panningGoesOnUnderneath()
    {
        offer();
        const QPointF before = m->canvas().transform().toPicture(QPointF(0, 0));
        m->canvas().setZoom(2);
        QWidget *layer = desk().layer();
        const QPoint middle = layer->rect().center();
        QTest::mousePress(layer, Qt::MiddleButton, {}, middle);
        QMouseEvent move(QEvent::MouseMove, middle + QPoint(40, 30),
                         layer->mapToGlobal(middle + QPoint(40, 30)), Qt::NoButton,
                         Qt::MiddleButton, {});
        QApplication::sendEvent(layer, &move);
        QTest::mouseRelease(layer, Qt::MiddleButton, {}, middle + QPoint(40, 30));
        QVERIFY(m->canvas().transform().toPicture(QPointF(0, 0)) != before);
        QCOMPARE(list().chosenCount(), 0);
    }

    void theWindowNeverWaits()
    {
        auto *watch = static_cast<EventWatch *>(qApp);
        WindowFixture::drawPicture(m->folder.filePath("large.png"), {3000, 2000}, Qt::gray);
        m->window.openPaths({m->folder.filePath("large.png")});
        EVENTUALLY(m->canvas().transform().picture().width == 3000 && m->service.isReady());
        watch->restart();
        m->drag({100, 100}, {700, 600}); // a part of it: the fake model is slow on much
        offer();
        const auto sliders = desk().bar()->findChildren<QSlider *>();
        for (int value = 40; value < 80; value += 5) {
            sliders[0]->setValue(value);
            QTest::qWait(5);
        }
        // A guard, not a measure: the machine may be busy with other things.
        QVERIFY2(watch->longestMilliseconds() < 250, watch->longestEvent().constData());
    }
};

int main(int argc, char **argv)
{
    EventWatch application(argc, argv);
    TestEverythingWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_everything_window.moc"
