// SPDX-License-Identifier: Apache-2.0
// What the window's thread spends on a frame with two thousand objects on a 6000 x 4000 picture:
// pointer events in, everything they cause up to the painted window out.
#include "core/mask/rle.h"
#include "core/segmentation/fake_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/edits.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QApplication>
#include <QImage>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

using namespace ui;
namespace fs = std::filesystem;

namespace
{

constexpr core::Size size{6000, 4000};

/// A blob with a ragged edge, as a model gives it.
core::Rle blob(std::mt19937 &random)
{
    const double cx = random() % 6000, cy = random() % 4000, radius = 20 + random() % 80;
    const double phase = random() % 7, waves = 3 + random() % 20;
    const int reach = int(radius * 1.3);
    std::vector<std::uint32_t> counts;
    std::uint32_t runEnd = 0, start = 0; // positions, column by column
    for (int x = std::max(0, int(cx) - reach); x < std::min(size.width, int(cx) + reach); ++x) {
        for (int y = std::max(0, int(cy) - reach); y < std::min(size.height, int(cy) + reach);
             ++y) {
            const double angle = std::atan2(y - cy, x - cx);
            if (std::hypot(x - cx, y - cy) >= radius * (1 + 0.2 * std::sin(waves * angle + phase)))
                continue;
            const auto position = std::uint32_t(x * size.height + y);
            if (position != runEnd) {
                if (runEnd > 0)
                    counts.push_back(runEnd - start);
                counts.push_back(position - runEnd);
                start = position;
            }
            runEnd = position + 1;
        }
    }
    counts.push_back(runEnd - start);
    counts.push_back(std::uint32_t(size.area()) - runEnd);
    return {size, counts};
}

void makeProject(const fs::path &folder, int objects)
{
    QImage picture(size.width, size.height, QImage::Format_RGB32);
    for (int y = 0; y < size.height; ++y) {
        auto *row = reinterpret_cast<QRgb *>(picture.scanLine(y));
        for (int x = 0; x < size.width; ++x)
            row[x] = qRgb(x * 255 / size.width, y * 255 / size.height, (x ^ y) & 255);
    }
    picture.save(QString::fromStdString((folder / "picture.jpg").string()), nullptr, 90);
    const fs::path file = folder / project::defaultFileName;
    project::ProjectFile::create(file, folder);
    project::ChangeSet changes;
    changes.putImages.push_back({1, "picture.jpg", size});
    for (core::Id id = 1; id <= 20; ++id)
        changes.putCategories.push_back(
            {id, "category " + std::to_string(id), "", core::Color(id * 811'357)});
    std::mt19937 random(1);
    for (core::Id id = 1; id <= objects; ++id) {
        project::AnnotationRecord record;
        record.annotation = {id, 1, 1 + id % 20, blob(random), false};
        changes.putAnnotations.push_back(std::make_shared<project::AnnotationRecord>(record));
    }
    project::ProjectFile(file).apply(changes);
}

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

class Frames
{
public:
    explicit Frames(const char *what) : m_what(what) {}
    ~Frames()
    {
        std::sort(m_times.begin(), m_times.end());
        const auto at = [this](double share) {
            return m_times[std::min(m_times.size() - 1,
                                    std::size_t(share * double(m_times.size())))];
        };
        std::printf("| %s | %zu | %.1f | %.1f | %.1f |\n", m_what, m_times.size(), at(0.5),
                    at(0.99), m_times.back());
        std::fflush(stdout);
    }
    template <typename Input>
    void frame(const Input &input)
    {
        const double before = threadMilliseconds();
        input();
        QCoreApplication::processEvents(); // paints, too
        m_times.push_back(threadMilliseconds() - before);
    }

private:
    const char *m_what;
    std::vector<double> m_times;
};

class Bench
{
public:
    Bench(const fs::path &folder, int objects)
        : m_service([] { return std::make_unique<core::FakeSegmenter>(); }),
          m_window(m_document, m_service, false), m_canvas(*m_window.canvas())
    {
        m_window.resize(1920, 1080);
        m_window.show();
        Frames opening("opening, until all objects are shown");
        m_window.openPaths({QString::fromStdString(folder.string())});
        while (!m_canvas.hasPicture() || !m_canvas.annotations().boundsOf(objects).isValid() ||
               !m_service.isReady())
            opening.frame([] {});
        for (int i = 0; i < 50; ++i)
            opening.frame([] { QTest::qWait(1); });
    }

    void run()
    {
        std::printf("| view of %d x %d | | | | |\n", m_canvas.width(), m_canvas.height());
        pan("pan, whole picture at 25 %", 0.25);
        pan("pan at 100 %", 1);
        zoom();
        hover("hover with the smart tool", ActionId::SmartTool);
        hover("hover with the pan tool", ActionId::PanTool);
        select();
        accept();
        history("undo", "undo, what follows", ActionId::Undo);
        history("redo", "redo, what follows", ActionId::Redo);
        stroke("brush stroke, largest size", "its end, until it is shown", ActionId::BrushTool);
        stroke("eraser, largest size", "its end, until it is shown", ActionId::EraserTool);
        all();
    }

private:
    static constexpr int steps = 20;
    void trigger(ActionId id) { m_window.actions()[id]->trigger(); }
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons)
    {
        QMouseEvent event(type, at, m_canvas.mapToGlobal(at), button, buttons, {});
        QCoreApplication::sendEvent(&m_canvas, &event);
    }
    QPointF spot(int i) const
    {
        return {80.0 + i * 237 % (m_canvas.width() - 160),
                80.0 + i * 153 % (m_canvas.height() - 160)};
    }
    void pan(const char *what, double zoom)
    {
        m_canvas.fit();
        m_canvas.setZoom(zoom);
        QTest::qWait(300);
        Frames frames(what);
        QPointF at(m_canvas.rect().center());
        mouse(QEvent::MouseButtonPress, at, Qt::MiddleButton, Qt::MiddleButton);
        for (int i = 0; i < 240; ++i) {
            at += QPointF(9 * std::cos(i / 20.0), 7 * std::sin(i / 20.0)).toPoint();
            frames.frame([&] { mouse(QEvent::MouseMove, at, Qt::NoButton, Qt::MiddleButton); });
        }
        mouse(QEvent::MouseButtonRelease, at, Qt::MiddleButton, Qt::NoButton);
    }
    void zoom()
    {
        m_canvas.fit();
        QTest::qWait(300);
        Frames frames("zoom, whole picture to 800 % and back");
        const QPointF at(m_canvas.rect().center());
        for (int i = 0; i < 240; ++i) {
            frames.frame([&] {
                QWheelEvent event(at, m_canvas.mapToGlobal(at), {}, {0, i % 120 < 60 ? 36 : -36},
                                  {}, {}, Qt::NoScrollPhase, false);
                QCoreApplication::sendEvent(&m_canvas, &event);
            });
        }
    }
    void hover(const char *what, ActionId tool)
    {
        m_window.toolbox().setCurrent(tool);
        m_canvas.fit();
        QTest::qWait(300);
        Frames frames(what);
        for (int i = 0; i < 240; ++i)
            frames.frame([&] {
                mouse(QEvent::MouseMove, {300 + 3.0 * i, 200 + 2.0 * i}, Qt::NoButton, {});
            });
    }
    void select()
    {
        Frames frames("select an object");
        for (int i = 0; i < 100; ++i)
            frames.frame([&] { m_window.selection().select(1 + i * 17); });
    }
    void accept()
    {
        m_window.toolbox().setCurrent(ActionId::SmartTool);
        Frames frames("accept one more object"), after("accept, what follows");
        for (int i = 0; i < steps; ++i) {
            mouse(QEvent::MouseButtonPress, spot(i), Qt::LeftButton, Qt::LeftButton);
            mouse(QEvent::MouseButtonRelease, spot(i), Qt::LeftButton, Qt::NoButton);
            while (m_window.session().candidates().empty())
                QTest::qWait(1);
            frames.frame([&] { trigger(ActionId::Accept); });
            for (int wait = 0; wait < 5; ++wait)
                after.frame([] { QTest::qWait(2); });
        }
    }
    void history(const char *what, const char *follows, ActionId id)
    {
        Frames frames(what), after(follows);
        for (int i = 0; i < steps; ++i) {
            frames.frame([&] { trigger(id); });
            for (int wait = 0; wait < 5; ++wait)
                after.frame([] { QTest::qWait(2); });
        }
    }
    /// A zigzag over the whole picture, in hops such as a quick hand makes.
    void stroke(const char *what, const char *end, ActionId id)
    {
        m_window.toolbox().setCurrent(id);
        m_canvas.fit();
        for (int i = 0; i < 100; ++i)
            m_window.toolbox().current().resize(1);
        QTest::qWait(300);
        const QRectF picture = m_canvas.transform().pictureInView();
        constexpr int hops = 240;
        const auto spot = [&](int i) {
            const double across = std::abs(i % 24 - 12) / 12.0;
            return QPointF(picture.left() + picture.width() * across,
                           picture.top() + picture.height() * i / hops);
        };
        {
            Frames frames(what);
            frames.frame(
                [&] { mouse(QEvent::MouseButtonPress, spot(0), Qt::LeftButton, Qt::LeftButton); });
            for (int i = 1; i < hops; ++i)
                frames.frame(
                    [&] { mouse(QEvent::MouseMove, spot(i), Qt::NoButton, Qt::LeftButton); });
        }
        Frames frames(end);
        frames.frame(
            [&] { mouse(QEvent::MouseButtonRelease, spot(hops), Qt::LeftButton, Qt::NoButton); });
        for (int wait = 0; wait < 200; ++wait)
            frames.frame([] { QTest::qWait(2); });
    }
    void all()
    {
        std::vector<core::Id> ids;
        for (const auto &record : m_document.annotations(m_window.currentImage()))
            ids.push_back(record->annotation.id);
        Frames frames("delete all objects, and undo");
        frames.frame([&] { deleteAnnotations(m_document, ids); });
        for (int i = 0; i < 50; ++i)
            frames.frame([] { QTest::qWait(2); });
        frames.frame([&] { trigger(ActionId::Undo); });
        for (int i = 0; i < 100; ++i)
            frames.frame([] { QTest::qWait(2); });
    }

    Document m_document;
    SegmentationService m_service;
    MainWindow m_window;
    CanvasView &m_canvas;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int objects = argc > 1 ? std::atoi(argv[1]) : 2000;
    QTemporaryDir folder, settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    makeProject(folder.path().toStdString(), objects);
    std::printf("%d objects on %d x %d; milliseconds of the window's thread per frame\n\n"
                "| what | frames | median | 99 %% | worst |\n|---|---|---|---|---|\n",
                objects, size.width, size.height);
    Bench(folder.path().toStdString(), objects).run();
    return 0;
}
