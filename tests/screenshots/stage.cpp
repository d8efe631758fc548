// SPDX-License-Identifier: Apache-2.0
#include "stage.h"

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QTest>
#include <QTimer>

#include <stdexcept>

Stage::Stage(MakeModel makeModel)
    : m_service([makeModel, hold = m_hold] {
          return std::make_unique<HeldSegmenter>(makeModel(), hold);
      }),
      m_window(m_document, m_service, false)
{
    m_window.resize(1280, 800);
    m_window.show();
    activate();
}

Stage::~Stage()
{
    *m_hold = false; // or the service would wait for its model
}

void Stage::open(const QString &picture)
{
    const QString copy = file(QFileInfo(picture).fileName());
    if (!QFile::copy(picture, copy))
        throw std::runtime_error("cannot copy " + picture.toStdString());
    openFolder();
    if (!*m_hold)
        wait([this] { return m_service.isReady(); });
}

void Stage::openFolder()
{
    m_window.openPaths({m_folder.path()});
    wait([this] {
        return m_window.canvas()->hasPicture() ||
               m_service.status().phase == ui::ServiceStatus::Phase::Failed;
    });
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
    activate();
    QTest::keyClick(m_window.canvas(), static_cast<Qt::Key>(key), modifiers);
    settle();
}

void Stage::trigger(ui::ActionId action)
{
    m_window.actions()[action]->trigger();
    settle();
}

void Stage::drawObjects(const std::vector<QPointF> &places)
{
    for (const QPointF &place : places) {
        click(place.x(), place.y());
        key(Qt::Key_Return);
    }
}

void Stage::wait(const std::function<bool()> &condition)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        QTest::qWait(20);
        if (timer.hasExpired(120'000))
            throw std::runtime_error("the window did not come to the point of the scene");
    }
    QTest::qWait(150); // shapes, hovers and thumbnails come from threads
}

/// Shortcuts are those of the active window; without a window manager, nobody else makes it that.
void Stage::activate()
{
    wait([this] {
        m_window.activateWindow();
        return m_window.isActiveWindow();
    });
}

void Stage::settle()
{
    wait([this] { return *m_hold || !m_window.session().isWaiting(); });
}

void Stage::photographWhile(const std::function<void()> &open)
{
    QTimer watch;
    int rounds = 0;
    QObject::connect(&watch, &QTimer::timeout, &m_window, [&] {
        QWidget *above = QApplication::activePopupWidget();
        if (!above)
            above = QApplication::activeModalWidget();
        if (!above || ++rounds < 5)
            return;
        photograph();
        watch.stop();
        above->close();
    });
    watch.start(100);
    open();
    wait([this] { return !m_picture.isNull(); });
}

/// The window, and over it the dialog, menu or list that is open.
QPixmap Stage::lookAt() const
{
    // The const is the photographer's; Qt paints.
    QPixmap picture = const_cast<ui::MainWindow &>(m_window).grab();
    QPainter painter(&picture);
    if (QWidget *dialog = QApplication::activeModalWidget()) {
        const QRect around = m_window.rect();
        painter.fillRect(around, QColor(0, 0, 0, 90));
        painter.drawPixmap(around.center() - dialog->rect().center(), dialog->grab());
    }
    if (QWidget *popup = QApplication::activePopupWidget())
        painter.drawPixmap(m_window.mapFromGlobal(popup->pos()), popup->grab());
    return picture;
}
