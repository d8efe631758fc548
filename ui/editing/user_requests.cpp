// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/user_requests.h"

#include "core/error.h"

#include <utility>

namespace ui
{

void UserRequests::add(Request request)
{
    {
        const std::lock_guard guard(m_mutex);
        m_waiting.push_back(std::move(request));
        m_restUntil = Clock::now() + m_quiet;
    }
    m_changed.notify_all();
}

void UserRequests::hurry()
{
    {
        const std::lock_guard guard(m_mutex);
        m_restUntil = {};
    }
    m_changed.notify_all();
}

void UserRequests::runAll()
{
    for (std::unique_lock lock(m_mutex); !m_waiting.empty(); lock.lock()) {
        const Request request = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        request();
    }
}

void UserRequests::goFirst(const std::stop_token &stop)
{
    for (std::unique_lock lock(m_mutex); !stop.stop_requested();) {
        if (m_waiting.empty()) {
            if (Clock::now() >= m_restUntil)
                return;
            m_changed.wait_until(lock, stop, m_restUntil, [this] {
                return !m_waiting.empty() || Clock::now() >= m_restUntil;
            });
            continue;
        }
        Request request = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        m_isAmidst = true;
        bool isRun = true;
        try {
            request();
        } catch (const NotNow &) {
            isRun = false;
        }
        m_isAmidst = false;
        lock.lock();
        if (!isRun) {
            m_waiting.push_front(std::move(request));
            throw core::Error(core::ErrorKind::Cancelled, "The user's question goes first.");
        }
    }
}

} // namespace ui
