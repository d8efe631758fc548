// SPDX-License-Identifier: Apache-2.0
#include "stage.h"

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QTest>

#include <stdexcept>

Stage::Stage(ui::SegmenterFactory segmenter, const QDir &target, const QString &suffix)
    : m_target(target), m_suffix(suffix), m_service(std::move(segmenter)),
      m_window(m_document, m_service, false)
{
    m_window.resize(1280, 800);
    m_window.show();
    wait([] { return true; });
}

void Stage::open(const QString &picture)
{
    const QString copy = m_folder.filePath(QFileInfo(picture).fileName());
    if (!QFile::copy(picture, copy))
        throw std::runtime_error("cannot copy " + picture.toStdString());
    m_window.openPaths({m_folder.path()});
    wait([this] { return m_window.canvas()->hasPicture() && m_service.isReady(); });
}

QPoint Stage::at(double x, double y) const
{
    const core::Size size = m_window.canvas()->transform().picture();
    return m_window.canvas()
        ->transform()
        .toView(core::ImagePoint{x * size.width, y * size.height})
        .toPoint();
}

void Stage::move(double x, double y)
{
    QTest::mouseMove(m_window.canvas(), at(x, y));
    settle();
}

void Stage::click(double x, double y, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseClick(m_window.canvas(), button, modifiers, at(x, y));
    settle();
}

void Stage::doubleClick(double x, double y)
{
    QTest::mouseDClick(m_window.canvas(), Qt::LeftButton, {}, at(x, y));
    settle();
}

void Stage::drag(const std::vector<QPointF> &way, Qt::KeyboardModifiers modifiers, bool letGo)
{
    QWidget *canvas = m_window.canvas();
    QTest::mousePress(canvas, Qt::LeftButton, modifiers, at(way.front().x(), way.front().y()));
    for (std::size_t i = 1; i < way.size(); ++i) {
        for (int step = 1; step <= 10; ++step) {
            const QPointF p = way[i - 1] + (way[i] - way[i - 1]) * step / 10.0;
            const QPoint view = at(p.x(), p.y());
            QMouseEvent event(QEvent::MouseMove, view, canvas->mapToGlobal(view), Qt::NoButton,
                              Qt::LeftButton, modifiers);
            QApplication::sendEvent(canvas, &event);
        }
    }
    if (letGo)
        QTest::mouseRelease(canvas, Qt::LeftButton, modifiers, at(way.back().x(), way.back().y()));
    settle();
}

void Stage::key(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window.canvas(), static_cast<Qt::Key>(key), modifiers);
    settle();
}

void Stage::trigger(ui::ActionId action)
{
    m_window.actions()[action]->trigger();
    settle();
}

void Stage::wait(const std::function<bool()> &condition)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        QTest::qWait(20);
        if (timer.hasExpired(30'000))
            throw std::runtime_error("the window did not come to the point of the scene");
    }
    QTest::qWait(150); // shapes, hovers and thumbnails come from threads
}

void Stage::settle()
{
    wait([this] { return !m_window.session().isWaiting(); });
}

void Stage::photograph(const QString &name)
{
    QPixmap picture = m_window.grab();
    if (QWidget *dialog = QApplication::activeModalWidget()) {
        QPainter painter(&picture);
        const QPixmap above = dialog->grab();
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
        painter.drawPixmap((picture.width() - above.width()) / 2,
                           (picture.height() - above.height()) / 2, above);
    }
    const QString file = m_target.filePath(name + m_suffix + QStringLiteral(".png"));
    if (!picture.save(file))
        throw std::runtime_error("cannot write " + file.toStdString());
}
