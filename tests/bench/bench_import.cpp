// SPDX-License-Identifier: Apache-2.0
// How long the window's thread is held while a large COCO file is imported, undone and redone.
#include "core/segmentation/fake_segmenter.h"
#include "tests/ui/event_watch.h"
#include "tests/ui/heartbeat.h"
#include "tests/ui/large_import.h"
#include "ui/editing/document.h"
#include "ui/editing/edits.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/import_dialog.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/proposals/review_desk.h"

#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <ctime>

using namespace ui;

namespace
{

class Bench
{
public:
    Bench(EventWatch &watch, const QString &pictures)
        : m_watch(watch), m_service([] { return std::make_unique<core::FakeSegmenter>(); }),
          m_window(m_document, m_service, false)
    {
        m_window.resize(1280, 800);
        m_window.show();
        m_window.openPaths({pictures});
        waitFor([this] {
            return m_window.canvas()->hasPicture() && m_service.isReady() &&
                   !m_document.isListing() && m_document.unsavedCount() == 0;
        });
        QTest::qWait(500);
        start();
    }

    void import(const QString &file)
    {
        m_window.interchange().askForImport(file);
        auto *dialog = m_window.findChild<ImportDialog *>();
        waitFor([&] { return !dialog->isReading(); });
        row("read, with the preview");
        dialog->accept();
        waitFor([this] { return !m_window.interchange().isImporting(); });
        row("worked out and brought in");
        saved();
        dataset("its export dialog");
        step("undone", ActionId::Undo);
        step("redone", ActionId::Redo);
        step("undone again", ActionId::Undo);
        addCategory(m_document, QStringLiteral("something else")); // nothing can be redone
        saved("another step in its place");
        step("undone", ActionId::Undo);
    }

    /// The same as proposals to review.
    void importDetections(const QString &file)
    {
        m_window.openPaths({file});
        waitFor([this] { return m_document.proposals().count() > 0; });
        row("detections imported");
        saved();
        step("undone", ActionId::Undo);
        step("redone", ActionId::Redo);
    }

private:
    template <typename Condition>
    void waitFor(const Condition &condition)
    {
        while (!condition())
            QTest::qWait(1);
    }
    void start()
    {
        m_computed = std::clock();
        m_watch.restart();
        m_heart.restart();
        m_timer.start();
    }
    void row(const char *what)
    {
        const double seconds = double(m_timer.elapsed()) / 1000;
        QTest::qWait(50); // what follows from it
        std::printf("| %s | %.2f s | %.2f s | %.1f ms | %.1f ms | %.1f ms (%s) |\n", what, seconds,
                    double(std::clock() - m_computed) / CLOCKS_PER_SEC, m_heart.percentile(0.99),
                    m_heart.percentile(1), m_watch.longestMilliseconds(),
                    m_watch.longestEvent().constData());
        std::fflush(stdout);
        start();
    }
    void saved(const char *what = "saved")
    {
        waitFor([this] { return m_document.unsavedCount() == 0; });
        row(what);
    }
    void step(const char *what, ActionId id)
    {
        // As an event, so that it is watched.
        QMetaObject::invokeMethod(m_window.actions()[id], &QAction::trigger, Qt::QueuedConnection);
        QTest::qWait(1);
        saved(what);
    }
    void dataset(const char *what)
    {
        m_window.interchange().askForExport();
        QTest::qWait(100);
        if (auto *dialog = m_window.findChild<ExportDialog *>())
            dialog->reject();
        row(what);
    }

    EventWatch &m_watch;
    Heartbeat m_heart;
    QElapsedTimer m_timer;
    std::clock_t m_computed = 0;
    Document m_document;
    SegmentationService m_service;
    MainWindow m_window;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const int objects = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const int pictures = argc > 2 ? std::atoi(argv[2]) : 1200;
    EventWatch watch(argc, argv);
    QTemporaryDir place, settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const QString file = makeLargeImport(QDir(place.path()), pictures, objects);
    if (file.isEmpty())
        return 1;
    std::printf("%d objects in %d pictures\n\n| step | after | computed | p99 of gaps | "
                "worst gap | longest event |\n|---|---|---|---|---|---|\n",
                objects, pictures);
    Bench bench(watch, place.filePath("pictures"));
    bench.import(file);
    bench.importDetections(file);
    return 0;
}
