// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/first_paint.h"

#include <QEvent>
#include <QTimer>

#include <utility>

namespace ui
{
namespace
{

class FirstPaint : public QObject
{
public:
    FirstPaint(QWidget &widget, std::function<void()> then, std::chrono::milliseconds patience)
        : QObject(&widget), m_then(std::move(then))
    {
        connect(&m_timer, &QTimer::timeout, this, &FirstPaint::finish);
        m_timer.setSingleShot(true);
        m_timer.start(patience);
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            m_timer.start(0); // the event comes before the painting, which is one go to the screen
        }
        return false;
    }

private:
    void finish()
    {
        deleteLater();
        std::exchange(m_then, nullptr)();
    }

    std::function<void()> m_then;
    QTimer m_timer;
};

} // namespace

void afterFirstPaint(QWidget &widget, std::function<void()> then,
                     std::chrono::milliseconds patience)
{
    new FirstPaint(widget, std::move(then), patience);
}

} // namespace ui
