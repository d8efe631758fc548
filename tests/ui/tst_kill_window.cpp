// SPDX-License-Identifier: Apache-2.0
// Kills the program a hundred times while its window is being worked in, between two actions, in
// the midst of one or of starting, and looks at what is left: all but the last action at most, in
// a project that opens. What is done and when is killed follows from fixed numbers; where in an
// action the end comes depends on the machine, what must be left does not.
// MASKWRIGHT_KILL_SEED=NUMBER begins with another number.
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
constexpr int patience = 300'000; ///< milliseconds, for what takes some on a quiet machine

/// A state of the work in one line, to be compared and to be read.
QByteArray lineOf(const QByteArray &bytes, std::size_t objects, std::size_t proposals)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex() + ", " +
           QByteArray::number(qlonglong(objects)) + " objects, " +
           QByteArray::number(qlonglong(proposals)) + " proposals";
}

QByteArray lineOf(const Document &document)
{
    return lineOf(bytesOf(document), document.snapshot().annotations.size(),
                  document.proposals().count());
}

QByteArray lineOf(const fs::path &projectFile)
{
    const project::Contents contents =
        project::ProjectFile(projectFile, project::OpenMode::ReadOnly).load();
    return lineOf(bytesOf(projectFile), contents.annotations.size(), contents.proposals.size());
}

/// The program, worked in without end, one action after the other: the next one begins when
/// nothing of the last one is under way any more. Says in the folder's log what it does, a line
/// each:
///     does WHAT
///     comes STATE      before a change goes to the disk: what it leads to
///     saved            all of them are on the disk
class Worker
{
public:
    Worker(const QString &folder, std::uint32_t seed)
        : m_folder(folder), m_random(seed),
          m_log(::open(qPrintable(folder + "/log"), O_WRONLY | O_APPEND | O_CREAT, 0600)),
          m_service([] { return std::make_unique<core::FakeSegmenter>(); }),
          m_window(m_document, m_service, false)
    {
        QObject::connect(&m_document, &Document::unsavedCountChanged, &m_document,
                         [this](int count) {
                             if (count > m_unsaved)
                                 tell("comes " + lineOf(m_document));
                             else if (count == 0)
                                 tell("saved");
                             m_unsaved = count;
                         });
        m_window.resize(900, 600);
        m_window.show();
        m_window.openPaths({folder});
    }

    [[noreturn]] void work()
    {
        for (;;) {
            settle("all is done");
            act();
            QCoreApplication::processEvents();
        }
    }

private:
    void tell(const QByteArray &line)
    {
        const QByteArray whole = line + '\n';
        (void)!::write(m_log, whole.constData(), std::size_t(whole.size()));
    }

    /// Nothing is under way: no picture, answer, import or change that is not on the disk.
    bool isSettled()
    {
        return m_window.canvas()->hasPicture() && m_service.isReady() && !m_document.isListing() &&
               !m_window.session().isWaiting() && !m_window.review().importing().isRunning() &&
               m_unsaved == 0;
    }

    void settle(const char *what)
    {
        if (!QTest::qWaitFor([this] { return isSettled(); }, patience))
            tell(QByteArray("waits in vain until ") + what);
    }

    void trigger(ActionId id)
    {
        QAction *action = m_window.actions()[id];
        if (action->isEnabled())
            tell("does \"" + action->text().toUtf8() + '"');
        action->trigger();
    }

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
        tell("does an import");
        m_window.openPaths({m_folder + "/found.json"});
    }

    /// Accepts, corrects or rejects one of them.
    void review()
    {
        tell("does a review");
        trigger(ActionId::NextProposal);
        settle("the proposal is shown");
        switch (m_random() % 3) {
        case 0:
            return trigger(ActionId::DeleteObject);
        case 1:
            click();
            [[fallthrough]];
        default:
            settle("the proposal's mask is there");
            trigger(ActionId::Accept);
        }
    }

    void draw()
    {
        tell("does an object");
        click();
        settle("the object's mask is there");
        trigger(ActionId::Accept);
    }

    void select()
    {
        const auto list = m_document.annotations(m_window.currentImage());
        m_window.selection().select(list.empty() ? 0
                                                 : list[m_random() % list.size()]->annotation.id);
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
        case 6:
            return select();
        default:
            return draw();
        }
    }

    QString m_folder;
    std::mt19937 m_random;
    int m_log;
    int m_unsaved = 0;
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

    /// The lines that are whole.
    QByteArrayList logged() const
    {
        QFile log(m_folder + "/log");
        if (!log.open(QIODevice::ReadOnly))
            return {};
        QByteArrayList lines = log.readAll().split('\n');
        lines.removeLast(); // empty, or cut short by the end
        return lines;
    }

    /// Those that may be left: the last that is on the disk, and what came after it.
    struct Outlook {
        QByteArrayList states; ///< each after the other, without repetition
        qsizetype coming = 0;  ///< that differ from one before
    };

    static Outlook outlook(const QByteArray &before, const QByteArrayList &log)
    {
        Outlook outlook{{before}, 0};
        for (const QByteArray &line : log) {
            if (line == "saved")
                outlook.states = {outlook.states.last()};
            if (line.startsWith("comes ") && outlook.states.last() != line.mid(6)) {
                outlook.states << line.mid(6);
                ++outlook.coming;
            }
        }
        return outlook;
    }

    /// What the project holds, or why it does not open.
    static QByteArray found(const fs::path &file)
    {
        try {
            project::ProjectFile(file).load(); // it opens, and to write to
            return lineOf(file);
        } catch (const core::Error &error) {
            return error.what();
        }
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
        bool isGiven = false;
        const std::uint32_t given = qEnvironmentVariable("MASKWRIGHT_KILL_SEED").toUInt(&isGiven);
        const std::uint32_t first = isGiven ? given : 1;
        QByteArray before = lineOf(bytesOf(std::vector<core::Category>(), {}), 0, 0);
        qsizetype actions = 0;
        for (std::uint32_t seed = first; seed != first + rounds; ++seed) {
            std::mt19937 random(seed);
            QFile::remove(m_folder + "/log");
            m_program.start(seed);
            // Some are killed while they start, most in their work.
            const auto enough = qsizetype(random() % 8);
            const auto saying = [&](const char *wrong, const QByteArray &left = "not looked at") {
                return QByteArray(wrong) + "\nseed " + QByteArray::number(seed) +
                       ", to be killed at change " + QByteArray::number(qlonglong(enough)) +
                       "\nexpected: " + outlook(before, logged()).states.join("\n      or: ") +
                       "\nfound: " + left + "\nwhat was done:\n  " + logged().join("\n  ");
            };
            QVERIFY2(QTest::qWaitFor([&] { return outlook(before, logged()).coming >= enough; },
                                     patience),
                     saying("The program does not go on."));
            usleep(random() % (enough == 0 ? 150'000 : 15'000));
            QVERIFY2(m_program.kill(), saying("The program came to an end by itself."));

            const Outlook expected = outlook(before, logged());
            actions += expected.coming;
            QVERIFY2(expected.states.size() <= 2, saying("Two actions were under way."));
            if (!fs::exists(file)) {
                QVERIFY2(expected.states == QByteArrayList{before}, saying("There is no project."));
                continue; // killed before there was one
            }
            const QByteArray left = found(file);
            QVERIFY2(expected.states.contains(left), saying("This is not what was done.", left));
            before = left;
        }
        QVERIFY(actions > 2 * rounds);
        qInfo("%d kills, %d changes", rounds, int(actions));
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
