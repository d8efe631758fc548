// SPDX-License-Identifier: Apache-2.0
// bench_hover [default|vit_b|vit_l|vit_h] [MOVES] [WIDTHxHEIGHT]: from a movement of the pointer
// over a picture of 1800 x 1200 in the real window (1600x1000 unless told) to the end of the
// painting that shows the preview of that place, as a Markdown table. A pointer that waits for each
// preview, and one that moves on 125 times a second, as a mouse tells it; there, previews that
// another place overtook were never asked for. Of the first one, where the time goes.
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
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace
{

using namespace ui;

using Clock = std::chrono::steady_clock;

double millisecondsBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

/// Tells how long its last answer took. One question is asked at a time.
class TimedModel : public core::Segmenter
{
public:
    TimedModel(std::unique_ptr<core::Segmenter> model, std::atomic<double> &lastDecode)
        : m_model(std::move(model)), m_lastDecode(lastDecode)
    {
    }
    const core::SegmenterInfo &info() const override { return m_model->info(); }
    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        return m_model->encode(image, stop, progress);
    }
    std::vector<core::MaskCandidate> decode(const core::ImageEmbedding &embedding,
                                            const core::Prompt &prompt) override
    {
        return timed([&] { return m_model->decode(embedding, prompt); });
    }
    std::vector<std::vector<core::ScoredLogits>>
    decodeLogits(const core::ImageEmbedding &embedding,
                 std::span<const core::Prompt> prompts) override
    {
        return timed([&] { return m_model->decodeLogits(embedding, prompts); });
    }

private:
    template <typename Work>
    std::invoke_result_t<Work> timed(const Work &work)
    {
        const Clock::time_point begin = Clock::now();
        auto answer = work();
        m_lastDecode = millisecondsBetween(begin, Clock::now());
        return answer;
    }
    std::unique_ptr<core::Segmenter> m_model;
    std::atomic<double> &m_lastDecode;
};

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

/// What lies between a movement and the end of its painting, milliseconds.
struct Stages {
    double decode = 0; ///< the model's logits, or its masks
    double answer = 0; ///< the rest until the window has the preview: thread, mask, outline
    double event = 0;  ///< until painting begins
    double paint = 0;
    double total() const { return decode + answer + event + paint; }
};

/// Sends movements and sees which place's preview each painting of the canvas shows.
class Pointer : public QObject
{
public:
    Pointer(MainWindow &window, SegmentationService &service, const std::atomic<double> &lastDecode)
        : m_canvas(*window.canvas()), m_picture(m_canvas.transform().pictureInView())
    {
        // After the session's own connection, by which the canvas has the preview.
        connect(&service, &SegmentationService::hovered, this,
                [this, &lastDecode](quint64 request) {
                    if (m_sent.empty())
                        return;
                    m_firstRequest = m_firstRequest ? m_firstRequest : request; // each asks once
                    m_shown = request;
                    m_decode = lastDecode;
                    m_had = Clock::now();
                });
        m_canvas.installEventFilter(this);
    }

    void move()
    {
        const double i = double(m_sent.size());
        const QPointF at(m_picture.left() + m_picture.width() * (0.5 + 0.45 * std::sin(i / 17.0)),
                         m_picture.top() + m_picture.height() * (0.5 + 0.45 * std::sin(i / 41.0)));
        m_sent.push_back(Clock::now());
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
        const double had = millisecondsBetween(m_sent.at(number), m_had);
        m_stages.try_emplace(number, Stages{m_decode, had - m_decode,
                                            millisecondsBetween(m_had, m_paintBegan),
                                            millisecondsBetween(m_paintBegan, Clock::now())});
    }
    std::size_t sent() const { return m_sent.size(); }
    bool isLastShown() const { return m_stages.contains(m_sent.size() - 1); }
    /// Of the places whose preview was shown, sorted.
    template <typename Time>
    std::vector<double> milliseconds(const Time &time) const
    {
        std::vector<double> times;
        for (const auto &[number, stages] : m_stages)
            times.push_back(std::invoke(time, stages));
        std::sort(times.begin(), times.end());
        return times;
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = m_shown;
            m_paintBegan = Clock::now();
        }
        return false;
    }

private:
    CanvasView &m_canvas;
    QRectF m_picture;
    std::vector<Clock::time_point> m_sent;
    std::map<std::size_t, Stages> m_stages;
    quint64 m_firstRequest = 0;
    quint64 m_shown = 0;   ///< that the canvas has the preview of
    quint64 m_painted = 0; ///< the same, at the painting that is going on
    double m_decode = 0;   ///< of what is shown
    Clock::time_point m_had, m_paintBegan;
};

double computedMilliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double at(const std::vector<double> &times, double share)
{
    return times[std::min(times.size() - 1, std::size_t(share * double(times.size())))];
}

void print(const char *what, const Pointer &pointer, double computed)
{
    const std::vector<double> times = pointer.milliseconds(&Stages::total);
    std::printf("| %s | %zu | %zu | %.1f | %.1f | %.1f | %.1f |\n", what, pointer.sent(),
                times.size(), at(times, 0.5), at(times, 0.99), times.back(),
                computed / double(times.size()));
    std::fflush(stdout);
}

std::string stageRow(const char *what, const Pointer &pointer, double Stages::*stage)
{
    const std::vector<double> times = pointer.milliseconds(stage);
    char row[200];
    std::snprintf(row, sizeof row, "| %s | %.2f | %.2f | %.2f |\n", what, at(times, 0.5),
                  at(times, 0.99), times.back());
    return row;
}

void measure(MainWindow &window, SegmentationService &service, const std::atomic<double> &decode,
             std::size_t moves)
{
    double before = 0;
    std::string stages;
    const auto computed = [&before] {
        return computedMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before;
    };
    for (const bool warmUp : {true, false}) {
        Pointer pointer(window, service, decode);
        before += computed();
        while (pointer.sent() < (warmUp ? 20 : moves)) {
            pointer.move();
            while (!pointer.isLastShown())
                pointer.wait();
            QTest::qWait(5);
        }
        if (warmUp)
            continue;
        print("waits for each preview", pointer, computed());
        stages = stageRow("the model", pointer, &Stages::decode) +
                 stageRow("the preview's shape, on its way", pointer, &Stages::answer) +
                 stageRow("until painting begins", pointer, &Stages::event) +
                 stageRow("painting", pointer, &Stages::paint);
    }
    Pointer pointer(window, service, decode);
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
    std::printf("\n| stage, where each preview is waited for | median | 99 %% | worst |\n"
                "|---|---|---|---|\n%s",
                stages.c_str());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const std::string model = argc > 1 ? argv[1] : "default";
    const int moves = argc > 2 ? std::max(1, std::atoi(argv[2])) : 500;
    int width = 1600, height = 1000;
    if (argc > 3)
        std::sscanf(argv[3], "%dx%d", &width, &height);
    const QTemporaryDir folder, settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QStandardPaths::setTestModeEnabled(true);
    drawPicture(folder.filePath(QStringLiteral("picture.png")));

    Document document;
    std::atomic<double> decode = 0;
    SegmentationService service(
        [model, &decode] { return std::make_unique<TimedModel>(makeModel(model), decode); });
    QObject::connect(&service, &SegmentationService::modelFailed,
                     [](core::ErrorKind, const QString &detail) {
                         std::fprintf(stderr, "%s\n", qPrintable(detail));
                         std::exit(1);
                     });
    MainWindow window(document, service, false);
    window.resize(width, height);
    window.show();
    window.openPaths({folder.path()});
    constexpr int minutes = 2; // as long as ViT-H takes on a slow machine
    if (!QTest::qWaitFor([&] { return service.isReady() && window.canvas()->hasPicture(); },
                         minutes * 60'000)) {
        std::fprintf(stderr,
                     "No picture was shown in %d minutes. The program's modules have to lie "
                     "where they were built, seen from this program.\n",
                     minutes);
        return 1;
    }
    QTest::qWait(500); // thumbnails, the project's file
    std::printf("%s, canvas of %d x %d, %s; milliseconds\n\n"
                "| pointer | places | shown | median | 99 %% | worst | computed, each shown |\n"
                "|---|---|---|---|---|---|---|\n",
                service.status().modelName.toUtf8().constData(), window.canvas()->width(),
                window.canvas()->height(), qPrintable(QGuiApplication::platformName()));
    measure(window, service, decode, std::size_t(moves));
    return 0;
}
