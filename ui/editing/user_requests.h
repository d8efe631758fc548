// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>

namespace ui
{

/// What the user asks of the inference thread, in order. A picture that is embedded ahead lets
/// these go first: between two layers it runs what is waiting, and then rests until nothing was
/// asked for a while, so that what was computed so far is not lost.
class UserRequests
{
public:
    using Request = std::function<void()>;
    /// Thrown by a request that cannot be run in the middle of an embedding: it is run afterwards,
    /// and the embedding is given up.
    struct NotNow {
    };

    /// How long nothing must have been asked.
    explicit UserRequests(std::chrono::milliseconds quiet) : m_quiet(quiet) {}

    void add(Request request); ///< any thread
    /// Embedding goes on at once, unless something is asked. Any thread.
    void hurry();

    // The inference thread:
    void runAll();
    /// To be called between two layers. Throws core::Error(Cancelled) when the embedding is to be
    /// given up; returns at once when it was asked to stop.
    void goFirst(const std::stop_token &stop);
    bool isAmidst() const { return m_isAmidst; } ///< a request is being run by goFirst()

private:
    using Clock = std::chrono::steady_clock;

    const std::chrono::milliseconds m_quiet;
    std::mutex m_mutex; ///< guards the next three
    std::condition_variable_any m_changed;
    std::deque<Request> m_waiting;
    Clock::time_point m_restUntil;
    bool m_isAmidst = false; ///< inference thread
};

} // namespace ui
