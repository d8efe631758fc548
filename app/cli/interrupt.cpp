// SPDX-License-Identifier: Apache-2.0
#include "app/cli/interrupt.h"

#include <chrono>
#include <csignal>

namespace cli
{
namespace
{

volatile std::sig_atomic_t interrupted = 0;

// A signal handler may do next to nothing: asking a stop_source to stop takes a lock.
void onSignal(int signal)
{
    interrupted = 1;
    std::signal(signal, SIG_DFL);
}

} // namespace

Interrupt::Interrupt()
{
    interrupted = 0;
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    m_watcher = std::jthread([this](const std::stop_token &done) {
        while (!done.stop_requested()) {
            if (interrupted) {
                m_source.request_stop();
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
}

Interrupt::~Interrupt()
{
    m_watcher.request_stop();
    m_watcher.join();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

} // namespace cli
