// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/fake_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QImage>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

/// A minute: these wait for what surely comes, on machines however busy.
#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 60'000)
#define EVENTUALLY_EQUAL(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 60'000)

/// Embeds a picture only when the test says so.
class GatedSegmenter : public core::FakeSegmenter
{
public:
    using Gate = std::shared_ptr<std::atomic<bool>>;

    GatedSegmenter(Pace pace, Gate isOpen) : FakeSegmenter(pace), m_isOpen(std::move(isOpen)) {}

    std::shared_ptr<const core::ImageEmbedding>
    encode(core::ImageView image, std::stop_token stop,
           const core::EncodeProgress &progress) override
    {
        while (!*m_isOpen && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return FakeSegmenter::encode(image, stop, progress);
    }

private:
    Gate m_isOpen;
};

/// The real window on a fake segmenter and a folder of drawn pictures, with settings of its own.
class WindowFixture
{
public:
    /// `gateIsOpen` false: nothing is embedded until openGate().
    explicit WindowFixture(core::FakeSegmenter::Pace pace = {}, bool gateIsOpen = true)
        : m_gate(std::make_shared<std::atomic<bool>>(gateIsOpen)),
          service([pace, gate = m_gate] { return std::make_unique<GatedSegmenter>(pace, gate); }),
          m_settings((
              QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settingsFolder.path()),
              0)),
          window(document, service, false)
    {
        window.resize(1100, 760);
        window.show();
    }

    void openGate() { *m_gate = true; }

    static void drawPicture(const QString &file, QSize size, Qt::GlobalColor color)
    {
        QImage picture(size, QImage::Format_RGB888);
        picture.fill(color);
        QPainter painter(&picture);
        painter.fillRect(QRect(size.width() / 4, size.height() / 4, 60, 40), Qt::darkRed);
        painter.end();
        QVERIFY(picture.save(file));
    }

    /// Three pictures; the first is open when this returns.
    void openFolder()
    {
        drawPicture(folder.filePath("a.png"), {640, 480}, Qt::lightGray);
        drawPicture(folder.filePath("b.jpg"), {480, 640}, Qt::darkGray);
        drawPicture(folder.filePath("c \u00e9.png"), {300, 200}, Qt::white);
        window.openPaths({folder.path()});
        EVENTUALLY(canvas().hasPicture());
    }

    ui::CanvasView &canvas() { return *window.canvas(); }
    ui::PromptSession &session() { return window.session(); }
    QPoint at(double x, double y) const
    {
        return window.canvas()->transform().toView(core::ImagePoint{x, y}).toPoint();
    }
    void click(double x, double y, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(&canvas(), button, modifiers, at(x, y));
    }
    void drag(QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&canvas(), button, modifiers, at(from.x(), from.y()));
        for (int step = 1; step <= 8; ++step) {
            const QPointF p = from + (to - from) * step / 8.0;
            QMouseEvent move(QEvent::MouseMove, at(p.x(), p.y()),
                             canvas().mapToGlobal(at(p.x(), p.y())), Qt::NoButton, button,
                             modifiers);
            QApplication::sendEvent(&canvas(), &move);
        }
        QTest::mouseRelease(&canvas(), button, modifiers, at(to.x(), to.y()));
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&canvas(), static_cast<Qt::Key>(key), modifiers);
    }
    std::vector<project::AnnotationPointer> objects() const
    {
        return document.annotations(window.currentImage());
    }

    QTemporaryDir folder;
    QTemporaryDir settingsFolder;

private:
    GatedSegmenter::Gate m_gate;

public:
    ui::Document document;
    ui::SegmentationService service;

private:
    int m_settings; ///< set before the window reads its own

public:
    ui::MainWindow window;
};
