// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run_queue.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <vector>

/// Beats every few milliseconds as long as the event loop of its thread is served; how much later
/// than it should a beat comes is how long a key or a movement of the mouse would have waited.
/// Waiting for a core does not count, as in EventWatch.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(every);
        connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
        restart();
    }
    void restart()
    {
        m_gaps.clear();
        m_waited = waitedForCore();
        m_clock.start();
        m_timer.start();
    }
    /// Milliseconds; `share` 1 is the worst.
    double percentile(double share) const
    {
        if (m_gaps.empty())
            return 0;
        std::vector<double> gaps = m_gaps;
        std::sort(gaps.begin(), gaps.end());
        return gaps[std::min(gaps.size() - 1, std::size_t(share * double(gaps.size())))];
    }
    std::size_t count() const { return m_gaps.size(); }

private:
    static constexpr int every = 4; // milliseconds

    void beat()
    {
        const qint64 waited = waitedForCore();
        const qint64 passed = m_clock.nsecsElapsed() - (waited - m_waited);
        m_gaps.push_back(std::max(0.0, double(passed) / 1e6 - every));
        m_waited = waited;
        m_clock.start();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_waited = 0;
    std::vector<double> m_gaps;
};
