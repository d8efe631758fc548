// SPDX-License-Identifier: Apache-2.0
// How long a folder of very many pictures takes to show its first one, for the first time and
// again, and what the window's thread did meanwhile.
#include "core/segmentation/fake_segmenter.h"
#include "tests/ui/event_watch.h"
#include "tests/ui/heartbeat.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QElapsedTimer>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <ctime>

namespace fs = std::filesystem;

namespace
{

/// One small picture under `count` names.
void fillFolder(const fs::path &folder, int count)
{
    QImage picture(64, 48, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    const fs::path first = folder / "image_0.jpg";
    picture.save(QString::fromStdString(first.string()));
    for (int i = 1; i < count; ++i) {
        fs::path file = folder / ("image_" + std::to_string(i) + ".jpg");
        std::error_code error;
        fs::create_hard_link(first, file, error);
        if (error) // a file has so many names at most
            fs::copy_file(first, file);
    }
}

void measure(EventWatch &watch, const fs::path &folder, const char *what, int expected)
{
    ui::Document document;
    ui::SegmentationService service([] { return std::make_unique<core::FakeSegmenter>(); });
    ui::MainWindow window(document, service, false);
    window.resize(1280, 800);
    window.show();
    QTest::qWait(500);
    watch.restart();
    Heartbeat heart;
    std::clock_t computed = std::clock(); // by all threads
    const auto row = [&](const char *step, double seconds) {
        std::printf("| %s | %s | %.2f s | %.2f s | %.1f ms | %.1f ms (%s) |\n", what, step, seconds,
                    double(std::clock() - computed) / CLOCKS_PER_SEC, heart.percentile(0.99),
                    watch.longestMilliseconds(), watch.longestEvent().constData());
        computed = std::clock();
        watch.restart();
        heart.restart();
    };
    QElapsedTimer timer;
    timer.start();
    window.openPaths({QString::fromStdString(folder.string())});
    while (!window.canvas()->hasPicture())
        QTest::qWait(1);
    row("first picture", double(timer.elapsed()) / 1000);
    while (int(document.images().size()) < expected || document.unsavedCount() > 0)
        QTest::qWait(1);
    QTest::qWait(200);
    row("all listed", double(timer.elapsed()) / 1000 - 0.2);
    auto *search = window.findChild<QLineEdit *>();
    timer.restart();
    for (const QString text : {"9", "99", "999", "9999", ""}) {
        search->setText(text);
        QTest::qWait(20);
    }
    row("five searches", double(timer.elapsed()) / 1000 - 0.1);
    timer.restart();
    for (int step = 0; step < 20; ++step) {
        QTest::keyClick(window.canvas(), Qt::Key_D);
        QTest::qWait(20);
    }
    row("twenty pictures on", double(timer.elapsed()) / 1000 - 0.4);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    EventWatch watch(argc, argv);
    QTemporaryDir folder, settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    fillFolder(folder.path().toStdString(), count);
    std::printf("%d pictures\n\n| opened | step | after | computed for it | p99 of gaps | "
                "longest event |\n|---|---|---|---|---|---|\n",
                count);
    measure(watch, folder.path().toStdString(), "for the first time", count);
    measure(watch, folder.path().toStdString(), "again", count);
    return 0;
}
