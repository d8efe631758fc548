// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace cli
{

/// How far a long job is, on stderr: a bar with rate and time left where it is a terminal, a plain
/// line every ten seconds otherwise.
class Progress
{
public:
    Progress(std::string what, std::size_t total);
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void done(std::size_t count);
    /// Takes the bar away, so that something else can be said on a line of its own.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    std::string m_what;
    std::size_t m_total;
    bool m_isTerminal;
    bool m_isDrawn = false;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_lastLine = Clock::now();
};

} // namespace cli
