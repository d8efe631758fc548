// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run_queue.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>

/// An application that knows how long its longest event kept the GUI thread. Time in which the
/// thread was ready to run but the machine gave its cores to others does not count: that is the
/// machine's doing, not ours.
class EventWatch : public QApplication
{
public:
    EventWatch(int &argc, char **argv) : QApplication(argc, argv) {}

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread() || m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const int type = event->type(); // deferred deletes may take the event along
        const QByteArray name = receiver->metaObject()->className();
        const qint64 waitedBefore = waitedForCore();
        QElapsedTimer timer;
        timer.start();
        const bool result = QApplication::notify(receiver, event);
        const qint64 held = timer.nsecsElapsed() - (waitedForCore() - waitedBefore);
        if (held > m_longest) {
            m_longest = held;
            m_what = name + ", event " + QByteArray::number(type);
        }
        --m_depth;
        return result;
    }

    void restart() { m_longest = 0; }
    double longestMilliseconds() const { return static_cast<double>(m_longest) / 1e6; }
    QByteArray longestEvent() const { return m_what; }

private:
    int m_depth = 0;
    qint64 m_longest = 0;
    QByteArray m_what;
};
