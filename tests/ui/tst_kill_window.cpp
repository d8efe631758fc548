// SPDX-License-Identifier: Apache-2.0
// Kills the program a hundred times at random moments while its window is being worked in, and
// looks at what is left: all but the last action at most, in a project that opens.
#include "core/segmentation/fake_segmenter.h"
#include "document_bytes.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/proposals/review_desk.h"
#include "worker_zygote.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QImage>
#include <QMouseEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>

#include <random>

using namespace ui;
namespace fs = std::filesystem;

namespace
{

constexpr int rounds = 100;

QByteArray digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex();
}

/// The program, worked in without end. Before an action goes to the disk, the state that it leads
/// to is noted in the folder's log; the next action begins when it is saved.
class Worker
{
public:
    Worker(const QString &folder, std::uint32_t seed)
        : m_folder(folder), m_random(seed),
          m_log(::open(qPrintable(folder + "/log"), O_WRONLY | O_APPEND | O_CREAT, 0600)),
          m_service([] { return std::make_unique<core::FakeSegmenter>(); }),
          m_window(m_document, m_service, false)
    {
        QObject::connect(
            &m_document, &Document::unsavedCountChanged, &m_document, [this](int count) {
                const QByteArray state = digestOf(bytesOf(m_document)) + '\n';
                if (count > m_unsaved && state != m_state) { // else a picture's size was noted
                    (void)!::write(m_log, state.constData(), std::size_t(state.size()));
                    m_state = state;
                }
                m_unsaved = count;
            });
        m_window.resize(900, 600);
        m_window.show();
        m_window.openPaths({folder});
    }

    [[noreturn]] void work()
    {
        for (;;) {
            (void)QTest::qWaitFor(
                [this] { return m_window.canvas()->hasPicture() && m_unsaved == 0; }, 60'000);
            act();
            QCoreApplication::processEvents();
        }
    }

private:
    void trigger(ActionId id) { m_window.actions()[id]->trigger(); }

    void click()
    {
        const core::Size size = m_document.image(m_window.currentImage())->size;
        const core::ImagePoint at{double(m_random() % unsigned(std::max(1, size.width))),
                                  double(m_random() % unsigned(std::max(1, size.height)))};
        CanvasView *canvas = m_window.canvas();
        const QPointF position = canvas->transform().toView(at);
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, position, canvas->mapToGlobal(position), Qt::LeftButton,
                              type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, {});
            QCoreApplication::sendEvent(canvas, &event);
        }
    }

    /// The first time all of them are proposals, later those that are not decided on come again.
    void importDetections()
    {
        m_window.openPaths({m_folder + "/found.json"});
        (void)QTest::qWaitFor([this] { return !m_window.review().importing().isRunning(); },
                              60'000);
    }

    /// Accepts, corrects or rejects one of them.
    void review()
    {
        trigger(ActionId::NextProposal);
        (void)QTest::qWaitFor(
            [this] { return m_window.canvas()->hasPicture() && !m_window.session().isWaiting(); },
            60'000);
        switch (m_random() % 3) {
        case 0:
            return trigger(ActionId::DeleteObject);
        case 1:
            click();
            [[fallthrough]];
        default:
            (void)QTest::qWaitFor([this] { return m_window.session().current(); }, 2'000);
            trigger(ActionId::Accept);
        }
    }

    void act()
    {
        switch (m_random() % 16) {
        case 12:
            return importDetections();
        case 13:
        case 14:
        case 15:
            return review();
        case 0:
            return trigger(ActionId::NextImage);
        case 1:
            return trigger(ActionId::PreviousImage);
        case 2:
            return trigger(ActionId::Undo);
        case 3:
            return trigger(ActionId::Redo);
        case 4:
            return trigger(ActionId::DeleteObject);
        case 5:
            return trigger(ActionId::Drop);
        case 6: {
            const auto list = m_document.annotations(m_window.currentImage());
            return m_window.selection().select(
                list.empty() ? 0 : list[m_random() % list.size()]->annotation.id);
        }
        default:
            click();
            (void)QTest::qWaitFor([this] { return !m_window.session().candidates().empty(); },
                                  2'000);
            trigger(ActionId::Accept);
        }
    }

    QString m_folder;
    std::mt19937 m_random;
    int m_log;
    int m_unsaved = 0;
    QByteArray m_state;
    Document m_document;
    SegmentationService m_service;
    MainWindow m_window;
};

int workForever(const QString &folder, std::uint32_t seed)
{
    int argc = 1;
    char name[] = "maskwright";
    char *argv[]{name, nullptr};
    QApplication application(argc, argv);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder + "/settings");
    Worker(folder, seed).work();
}

} // namespace

class TestKillWindow : public QObject
{
    Q_OBJECT

public:
    TestKillWindow(const QString &folder, WorkerZygote &program)
        : m_folder(folder), m_program(program)
    {
    }

private:
    QString m_folder;
    WorkerZygote &m_program;

    QByteArrayList logged() const
    {
        QFile log(m_folder + "/log");
        if (!log.open(QIODevice::ReadOnly))
            return {};
        QByteArrayList lines = log.readAll().split('\n');
        lines.removeLast(); // empty, or cut short by the end
        return lines;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"a.png", "b.png", "c.png"}) {
            QImage picture(320, 240, QImage::Format_RGB32);
            picture.fill(Qt::gray);
            QVERIFY(picture.save(m_folder + '/' + name));
        }
        QByteArrayList found;
        for (int i = 0; i < 30; ++i)
            found << QStringLiteral(R"({"image_id": "%1.png", "category_id": %2, "score": 0.%3,)"
                                    R"( "bbox": [%4, %5, 30, 20]})")
                         .arg(QChar('a' + i % 3))
                         .arg(1 + i % 2)
                         .arg(10 + i)
                         .arg(9 * i)
                         .arg(7 * i)
                         .toUtf8();
        QFile file(m_folder + "/found.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write('[' + found.join(',') + ']');
    }

    void losesAtMostTheLastAction()
    {
        const fs::path file = fs::path(m_folder.toStdString()) / project::defaultFileName;
        std::random_device device;
        const std::uint32_t first = device();
        qInfo("seeds %u to %u", first, first + rounds - 1);
        QByteArray before = digestOf(bytesOf(std::vector<core::Category>(), {}));
        int actions = 0;
        for (std::uint32_t seed = first; seed != first + rounds; ++seed) {
            std::mt19937 random(seed);
            QFile::remove(m_folder + "/log");
            m_program.start(seed);
            // Some are killed while they start, most in their work.
            const auto enough = qsizetype(random() % 8);
            QVERIFY2(QTest::qWaitFor([&] { return logged().size() >= enough; }, 60'000),
                     qPrintable(QString::number(seed)));
            usleep(random() % (enough == 0 ? 150'000 : 15'000));
            QVERIFY2(m_program.kill(), qPrintable(QString::number(seed)));

            const QByteArrayList states = QByteArrayList{before} + logged();
            actions += int(states.size()) - 1;
            if (!fs::exists(file))
                continue;                      // killed before there was a project
            project::ProjectFile(file).load(); // it opens, and to write to
            const QByteArray left = digestOf(bytesOf(file));
            QVERIFY2(left == states.last() || left == states.value(states.size() - 2),
                     qPrintable(QString::number(seed)));
            before = left;
        }
        QVERIFY(actions > 2 * rounds);
        qInfo("%d actions", actions);
    }
};

int main(int argc, char **argv)
{
    QTemporaryDir folder;
    WorkerZygote program([&](std::uint32_t seed) { return workForever(folder.path(), seed); });
    QCoreApplication application(argc, argv);
    TestKillWindow test(folder.path(), program);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill_window.moc"
