// SPDX-License-Identifier: Apache-2.0
// bench_memory [PICTURES]: opens so many generated pictures (500) one after the other in the real
// window, with a click on each, and prints the memory of the process on the way as a Markdown
// table. It has to be flat once the caches are full. With the default model where it is built in,
// else with the fake one.
#include "core/segmentation/fake_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/load_segmenter.h"
#endif

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace
{

std::unique_ptr<core::Segmenter> makeSegmenter()
{
#ifdef MASKWRIGHT_WITH_TORCH
    return core::loadDefaultSegmenter({.device = core::DeviceChoice::Cpu});
#else
    return std::make_unique<core::FakeSegmenter>();
#endif
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const double pages = file.readAll().split(' ').value(1).toDouble();
    return pages * double(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Every picture is another one, so that every embedding is.
void drawPictures(const QTemporaryDir &folder, int count)
{
    for (int i = 0; i < count; ++i) {
        QImage picture(640, 480, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(i * 7 % 360, 60, 200));
        QPainter painter(&picture);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromHsv((i * 7 + 180) % 360, 200, 120));
        painter.drawEllipse(QPoint(100 + i * 11 % 440, 100 + i * 5 % 280), 70, 50);
        painter.end();
        if (!picture.save(folder.filePath(QStringLiteral("%1.jpg").arg(i, 4, 10, QChar(u'0')))))
            std::exit(1);
    }
}

template <typename Condition>
void waitFor(Condition condition)
{
    while (!condition())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const int count = argc > 1 ? std::atoi(argv[1]) : 500;
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.filePath("settings"));
    drawPictures(folder, count);

    ui::Document document;
    ui::EmbeddingOptions options;
    options.budgets.memory = std::size_t(128) << 20; // full before the first hundred pictures
    options.diskFolder = folder.filePath("embeddings").toStdString();
    options.budgets.disk = quint64(256) << 20;
    ui::SegmentationService service(makeSegmenter, nullptr, options);
    ui::MainWindow window(document, service, false);
    window.resize(1280, 800);
    window.show();
    window.openPaths({folder.path()});
    QElapsedTimer clock;
    clock.start();
    std::printf(
        "| pictures | resident MB | embeddings on disk, MB | seconds |\n|---|---|---|---|\n");
    for (int opened = 1; opened <= count; ++opened) {
        waitFor([&] { return window.canvas()->hasPicture() && service.isReady(); });
        window.session().addPoint({{320, 240}, core::PointLabel::Foreground});
        waitFor([&] { return !window.session().candidates().empty(); });
        window.session().drop();
        if (opened == 1 || opened == 50 || opened % 100 == 0) {
            const core::EmbeddingFolder disk(options.diskFolder);
            std::printf("| %d | %.0f | %.0f | %.1f |\n", opened, residentMegabytes(),
                        double(disk.byteSize()) / (1 << 20), double(clock.elapsed()) / 1000);
            std::fflush(stdout);
        }
        if (opened < count) {
            window.actions()[ui::ActionId::NextImage]->trigger();
            waitFor([&] { return !service.isReady() || !window.canvas()->hasPicture(); });
        }
    }
    return 0;
}
