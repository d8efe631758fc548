// SPDX-License-Identifier: Apache-2.0
// bench_hover [default|vit_b|vit_l|vit_h] [MOVES]: from a movement of the pointer over a picture of
// 1800 x 1200 in the real window to the end of the painting that shows the preview of that place,
// as a Markdown table. A pointer that waits for each preview, and one that moves on 125 times a
// second, as a mouse tells it; there, previews that another place overtook were never asked for.
// "Computed" is the processor time of all threads, which is what a quiet machine would need.
// On the display there is, or with QT_QPA_PLATFORM=offscreen.
#include "core/torch/random_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>
#include <vector>

namespace
{

using namespace ui;

std::unique_ptr<core::Segmenter> makeModel(const std::string &name)
{
    const core::SegmenterOptions options{.device = core::DeviceChoice::Cpu};
    return name == "default" ? core::loadDefaultSegmenter(options)
                             : core::makeRandomSegmenter(name, options);
}

void drawPicture(const QString &file)
{
    QImage picture(1800, 1200, QImage::Format_RGB32);
    picture.fill(QColor(150, 170, 160));
    QPainter painter(&picture);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < 24; ++i) {
        painter.setBrush(QColor::fromHsv(i * 67 % 360, 120 + i * 31 % 120, 60 + i * 53 % 190));
        const QRect block(i % 6 * 300 + 40, i / 6 * 300 + 40, 120 + i * 29 % 100,
                          220 - i * 17 % 90);
        i % 2 ? painter.drawEllipse(block) : painter.drawRect(block);
    }
    painter.end();
    picture.save(file);
}

/// Sends movements and sees which place's preview each painting of the canvas shows.
class Pointer : public QObject
{
public:
    Pointer(MainWindow &window, SegmentationService &service)
        : m_canvas(*window.canvas()), m_picture(m_canvas.transform().pictureInView())
    {
        m_clock.start();
        // After the session's own connection, by which the canvas has the preview.
        connect(&service, &SegmentationService::hovered, this, [this](quint64 request) {
            if (m_sent.empty())
                return;
            m_firstRequest = m_firstRequest ? m_firstRequest : request; // each move asks once
            m_shown = request;
        });
        m_canvas.installEventFilter(this);
    }

    void move()
    {
        const double i = double(m_sent.size());
        const QPointF at(m_picture.left() + m_picture.width() * (0.5 + 0.45 * std::sin(i / 17.0)),
                         m_picture.top() + m_picture.height() * (0.5 + 0.45 * std::sin(i / 41.0)));
        m_sent.push_back(m_clock.nsecsElapsed());
        QMouseEvent event(QEvent::MouseMove, at, m_canvas.mapToGlobal(at), Qt::NoButton, {}, {});
        QCoreApplication::sendEvent(&m_canvas, &event);
    }
    /// For the window to do something, which may be painting.
    void wait(QEventLoop::ProcessEventsFlags flags = QEventLoop::WaitForMoreEvents)
    {
        m_painted = 0;
        QCoreApplication::processEvents(flags);
        if (!m_painted)
            return;
        const std::size_t number = m_painted - m_firstRequest;
        m_milliseconds.try_emplace(number,
                                   double(m_clock.nsecsElapsed() - m_sent.at(number)) / 1e6);
    }
    std::size_t sent() const { return m_sent.size(); }
    bool isLastShown() const { return m_milliseconds.contains(m_sent.size() - 1); }
    /// Of the places whose preview was shown, sorted.
    std::vector<double> milliseconds() const
    {
        std::vector<double> times;
        for (const auto &[number, time] : m_milliseconds)
            times.push_back(time);
        std::sort(times.begin(), times.end());
        return times;
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_painted = m_shown;
        return false;
    }

private:
    CanvasView &m_canvas;
    QRectF m_picture;
    QElapsedTimer m_clock;
    std::vector<qint64> m_sent;
    std::map<std::size_t, double> m_milliseconds;
    quint64 m_firstRequest = 0;
    quint64 m_shown = 0;   ///< that the canvas has the preview of
    quint64 m_painted = 0; ///< the same, at the painting that is going on
};

double computedMilliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

void print(const char *what, const Pointer &pointer, double computed)
{
    const std::vector<double> times = pointer.milliseconds();
    const auto at = [&](double share) {
        return times[std::min(times.size() - 1, std::size_t(share * double(times.size())))];
    };
    std::printf("| %s | %zu | %zu | %.1f | %.1f | %.1f | %.1f |\n", what, pointer.sent(),
                times.size(), at(0.5), at(0.99), times.back(), computed / double(times.size()));
    std::fflush(stdout);
}

void measure(MainWindow &window, SegmentationService &service, std::size_t moves)
{
    double before = 0;
    const auto computed = [&before] {
        return computedMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before;
    };
    for (const bool warmUp : {true, false}) {
        Pointer pointer(window, service);
        before += computed();
        while (pointer.sent() < (warmUp ? 20 : moves)) {
            pointer.move();
            while (!pointer.isLastShown())
                pointer.wait();
            QTest::qWait(5);
        }
        if (!warmUp)
            print("waits for each preview", pointer, computed());
    }
    Pointer pointer(window, service);
    before += computed();
    QElapsedTimer clock;
    clock.start();
    while (pointer.sent() < moves) {
        if (clock.elapsed() >= qint64(pointer.sent()) * 8)
            pointer.move();
        pointer.wait(QEventLoop::AllEvents);
    }
    while (!pointer.isLastShown())
        pointer.wait();
    print("moves on, 125 places a second", pointer, computed());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const std::string model = argc > 1 ? argv[1] : "default";
    const int moves = argc > 2 ? std::max(1, std::atoi(argv[2])) : 500;
    const QTemporaryDir folder, settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QStandardPaths::setTestModeEnabled(true);
    drawPicture(folder.filePath(QStringLiteral("picture.png")));

    Document document;
    SegmentationService service([model] { return makeModel(model); });
    QObject::connect(&service, &SegmentationService::modelFailed,
                     [](core::ErrorKind, const QString &detail) {
                         std::fprintf(stderr, "%s\n", qPrintable(detail));
                         std::exit(1);
                     });
    MainWindow window(document, service, false);
    window.resize(1600, 1000);
    window.show();
    window.openPaths({folder.path()});
    while (!service.isReady() || !window.canvas()->hasPicture())
        QTest::qWait(10);
    QTest::qWait(500); // thumbnails, the project's file
    std::printf("%s, canvas of %d x %d, %s; milliseconds\n\n"
                "| pointer | places | shown | median | 99 %% | worst | computed, each shown |\n"
                "|---|---|---|---|---|---|---|\n",
                service.status().modelName.toUtf8().constData(), window.canvas()->width(),
                window.canvas()->height(), qPrintable(QGuiApplication::platformName()));
    measure(window, service, std::size_t(moves));
    return 0;
}
