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

/// The real window on a fake segmenter and a folder of drawn pictures, with settings of its own.
class WindowFixture
{
public:
    explicit WindowFixture(core::FakeSegmenter::Pace pace = {})
        : service([pace] { return std::make_unique<core::FakeSegmenter>(pace); }),
          m_settings((
              QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settingsFolder.path()),
              0)),
          window(document, service, false)
    {
        window.resize(1100, 760);
        window.show();
    }

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
        QTRY_VERIFY(canvas().hasPicture());
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
    ui::Document document;
    ui::SegmentationService service;

private:
    int m_settings; ///< set before the window reads its own

public:
    ui::MainWindow window;
};
