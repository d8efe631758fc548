// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <atomic>

namespace ui
{

/// The newest request of each kind, written by the GUI thread, read by the workers: whoever holds
/// an older number has been overtaken. Hovers overtake each other on the GUI thread.
struct RequestNumbers {
    std::atomic<quint64> picture = 0;
    std::atomic<quint64> embedding = 0;
    std::atomic<quint64> focus = 0;
    std::atomic<quint64> question = 0;
    std::atomic<quint64> forgottenHovers = 0; ///< hovers up to this one are not wanted any more
};

} // namespace ui
