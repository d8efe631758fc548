// SPDX-License-Identifier: Apache-2.0
// An hour's work in a fraction of a minute, while pictures are embedded slowly and another process
// keeps a core busy: the window's thread is never kept for long.
#include "event_watch.h"
#include "heartbeat.h"
#include "ui/editing/edits.h"
#include "ui/widgets/export_task.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/proposal_layer.h"
#include "window_fixture.h"

#include <QDeadlineTimer>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

using namespace std::chrono_literals;

namespace
{

/// A process that computes all the time.
class BusyProcess
{
public:
    BusyProcess() : m_process(fork())
    {
        if (m_process == 0) {
            alarm(600); // should nobody end it
            for (std::atomic<unsigned> i = 0;; ++i) {
            }
        }
    }
    ~BusyProcess()
    {
        kill(m_process, SIGKILL);
        waitpid(m_process, nullptr, 0);
    }
    BusyProcess(const BusyProcess &) = delete;
    BusyProcess &operator=(const BusyProcess &) = delete;

private:
    pid_t m_process;
};

/// What a user does, one thing after the other, at random but for the seed.
class Hands
{
public:
    explicit Hands(WindowFixture &fixture) : m_fixture(fixture), m_random(11) {}

    void doSomething()
    {
        switch (m_random() % 14) {
        case 0:
            return m_fixture.key(Qt::Key_D);
        case 1:
            return m_fixture.key(Qt::Key_A);
        case 2:
            return m_fixture.key(Qt::Key_Z, Qt::ControlModifier);
        case 3:
            return m_fixture.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        case 4:
            return m_fixture.key(Qt::Key_Tab);
        case 5:
            return m_fixture.key(Qt::Key_1 + int(m_random() % 3));
        case 6:
            return m_fixture.window.exportTo(m_fixture.folder.filePath("out.json"));
        case 7:
            return m_fixture.drag(spot(), spot(), Qt::LeftButton, Qt::ShiftModifier);
        case 8:
            return m_fixture.drag(spot(), spot());
        case 9:
            return zoom();
        case 10:
        case 11:
            return m_fixture.key(Qt::Key_Return);
        default:
            return m_fixture.click(spot().x(), spot().y());
        }
    }
    void move()
    {
        const QPoint at = m_fixture.at(spot().x(), spot().y());
        QMouseEvent event(QEvent::MouseMove, at, m_fixture.canvas().mapToGlobal(at), Qt::NoButton,
                          {}, {});
        QApplication::sendEvent(&m_fixture.canvas(), &event);
    }

    /// What takes a while, the pointer being moved meanwhile. False: it did not come.
    template <typename Condition>
    bool moveUntil(Condition condition)
    {
        for (QDeadlineTimer end(60'000); !condition() && !end.hasExpired();) {
            move();
            QTest::qWait(5);
        }
        return condition();
    }
    /// Looks for everything in view.
    void startSearch()
    {
        ui::EverythingSession &session = m_fixture.window.everything().session();
        session.search().setPointsPerSide(4);
        m_fixture.key(Qt::Key_S);
        for (int i = 0; i < 3; ++i) // what is half drawn, the object in work, what is selected
            m_fixture.key(Qt::Key_Escape);
        m_fixture.canvas().fit();
        QVERIFY(moveUntil(
            [&] { return m_fixture.service.isReady() && m_fixture.canvas().hasPicture(); }));
        m_fixture.key(Qt::Key_E);
        QVERIFY(session.isSearching());
    }
    /// One of what is found is accepted, then all the rest.
    void acceptEverything()
    {
        startSearch();
        ui::EverythingSession &session = m_fixture.window.everything().session();
        QVERIFY(moveUntil([&] { return !session.list().isEmpty(); }));
        const std::size_t before = m_fixture.objects().size();
        chooseOne();
        QCOMPARE(session.list().chosenCount(), 1);
        m_fixture.key(Qt::Key_Return);
        QCOMPARE(m_fixture.objects().size(), before + 1);
        moveUntil([&] { return session.list().isEmpty() || !session.list().chosenCount(); });
        m_fixture.key(Qt::Key_Return);
        QVERIFY(moveUntil([&] { return m_fixture.document.unsavedCount() == 0; }));
    }
    void giveSearchUp()
    {
        startSearch();
        ui::EverythingSession &session = m_fixture.window.everything().session();
        QVERIFY(moveUntil([&] { return session.search().progress() > 0; }));
        m_fixture.key(Qt::Key_Escape);
        QVERIFY(!session.isActive());
    }
    /// A wand, a lasso and a polygon.
    void drawByHand()
    {
        for (const int tool : {Qt::Key_W, Qt::Key_L, Qt::Key_P}) {
            m_fixture.key(tool);
            move();
            if (tool == Qt::Key_L) {
                m_fixture.drag(spot(), spot());
            } else {
                const int clicks = tool == Qt::Key_W ? 1 : 4;
                for (int i = 0; i < clicks; ++i) {
                    const QPointF at = spot();
                    m_fixture.click(at.x(), at.y());
                    move();
                }
                if (tool == Qt::Key_P)
                    m_fixture.key(Qt::Key_Return);
            }
            QVERIFY(moveUntil([&] { return !m_fixture.window.toolbox().current().isBusy(); }));
        }
        m_fixture.key(Qt::Key_S);
    }

private:
    /// With a click where some way round nothing else is.
    void chooseOne()
    {
        const ui::EverythingDesk &desk = m_fixture.window.everything();
        const ui::ProposalMap &map = *m_fixture.window.everything().session().list().map();
        constexpr int way = 8; // what a pixel of the screen shows, and more
        for (int y = way; y < map.size.height - way; y += 4) {
            for (int x = way; x < map.size.width - way; x += 4) {
                const int row = map.indexAt(x, y);
                if (row < 0 || map.indexAt(x - way, y - way) != row ||
                    map.indexAt(x + way, y - way) != row || map.indexAt(x - way, y + way) != row ||
                    map.indexAt(x + way, y + way) != row)
                    continue;
                const QPointF at(x + 0.5, y + 0.5);
                QTest::mouseClick(desk.layer(), Qt::LeftButton, {},
                                  m_fixture.canvas().transform().toView(at).toPoint());
                return;
            }
        }
    }
    QPointF spot()
    {
        const core::Size size = m_fixture.canvas().transform().picture();
        return {double(m_random() % unsigned(std::max(1, size.width))),
                double(m_random() % unsigned(std::max(1, size.height)))};
    }
    void zoom()
    {
        const QPointF at = m_fixture.canvas().rect().center();
        QWheelEvent event(at, m_fixture.canvas().mapToGlobal(at), {},
                          {0, m_random() % 2 ? 120 : -120}, {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&m_fixture.canvas(), &event);
    }

    WindowFixture &m_fixture;
    std::mt19937 m_random;
};

} // namespace

class TestHourOfWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anHoursWork_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("usual pictures") << QSize(1600, 1200);
        QTest::newRow("24 megapixels") << QSize(6000, 4000);
    }

    void anHoursWork()
    {
        QFETCH(QSize, size);
        const BusyProcess busy;
        WindowFixture f({300ms, 40ms});
        for (const char *name : {"a.jpg", "b.jpg", "c.jpg"})
            WindowFixture::drawPicture(f.folder.filePath(name), size, Qt::gray);
        f.window.openPaths({f.folder.path()});
        EVENTUALLY(f.canvas().hasPicture());
        auto *watch = static_cast<EventWatch *>(qApp);
        watch->restart();
        Heartbeat heart;
        Hands hands(f);
        for (int i = 0; i < 300; ++i) {
            if (i == 50)
                hands.acceptEverything();
            if (i % 100 == 75)
                hands.giveSearchUp();
            if (i % 50 == 25)
                hands.drawByHand();
            if (QTest::currentTestFailed())
                return;
            hands.doSomething();
            for (int move = 0; move < 3; ++move) {
                hands.move();
                QTest::qWait(5);
            }
        }
        EVENTUALLY(!f.window.exportTask().isRunning());
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        qInfo("gaps: 99 %% under %.1f ms, worst %.1f ms; longest event %.1f ms (%s)",
              heart.percentile(0.99), heart.percentile(1), watch->longestMilliseconds(),
              watch->longestEvent().constData());
        QVERIFY(heart.count() > 300);
#if defined(__SANITIZE_ADDRESS__)
        const double limit = 1000; // everything is slower
#else
        const double limit = 250; // on any machine; tests/bench has the figures that are aimed at
#endif
        QVERIFY2(watch->longestMilliseconds() < limit,
                 QByteArray::number(watch->longestMilliseconds()) +
                     " ms: " + watch->longestEvent());
        QVERIFY(heart.percentile(0.99) < limit / 2);
    }
};

int main(int argc, char **argv)
{
    EventWatch application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("maskwright-test"));
    TestHourOfWork test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_hour_of_work.moc"
