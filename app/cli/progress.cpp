// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace cli
{
namespace
{

constexpr int barWidth = 30;

std::string duration(double seconds)
{
    const auto whole = static_cast<long>(std::lround(seconds));
    char text[32];
    if (whole < 3600)
        std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld:%02ld h", whole / 3600, whole / 60 % 60);
    return text;
}

} // namespace

Progress::Progress(std::string what, std::size_t total)
    : m_what(std::move(what)), m_total(total), m_isTerminal(isatty(STDERR_FILENO))
{
}

Progress::~Progress()
{
    clear();
}

void Progress::done(std::size_t count)
{
    const auto now = Clock::now();
    if (count == 0 || (!m_isTerminal && now - m_lastLine < std::chrono::seconds(10)))
        return;
    m_lastLine = now;
    const double seconds = std::chrono::duration<double>(now - m_start).count();
    const double left = seconds * double(m_total - count) / double(count);
    const double rate = double(count) / std::max(seconds, 1e-6);
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "%zu/%zu  %.2f/s  %s left", count, m_total, rate,
                  duration(left).c_str());
    if (!m_isTerminal) {
        std::fprintf(stderr, "%s: %s\n", m_what.c_str(), numbers);
        return;
    }
    const auto filled =
        static_cast<std::size_t>(barWidth) * count / std::max<std::size_t>(m_total, 1);
    const std::string bar = std::string(filled, '#') + std::string(barWidth - filled, '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %s", m_what.c_str(), bar.c_str(), numbers);
    std::fflush(stderr);
    m_isDrawn = true;
}

void Progress::clear()
{
    if (m_isDrawn)
        std::fputs("\r\033[K", stderr);
    m_isDrawn = false;
}

} // namespace cli
