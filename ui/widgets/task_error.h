// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QString>

#include <exception>
#include <new>
#include <optional>

namespace ui
{

/// Why a task in the background did not end well; no kind: it did. QtConcurrent would hide an
/// exception, so that a task ends with this instead.
struct TaskError {
    std::optional<core::ErrorKind> kind;
    QString detail; ///< empty when the memory ran out
};

/// Does `work` and tells what it threw.
template <typename Work>
TaskError errorOf(Work work)
{
    try {
        work();
        return {};
    } catch (const core::Error &error) {
        return {error.kind(), QString::fromUtf8(error.what())};
    } catch (const std::bad_alloc &) {
        return {core::ErrorKind::OutOfMemory, {}};
    } catch (const std::exception &error) { // of a library: a task that never ends is worse
        return {core::ErrorKind::ComputationFailed, QString::fromUtf8(error.what())};
    }
}

} // namespace ui
