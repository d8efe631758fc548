// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>

namespace core
{

/// Turns the exception being handled into a core::Error: out-of-memory as such, everything else
/// LibTorch or the standard library throws as ComputationFailed. A core::Error passes unchanged.
/// This is the one place where c10::Error ends.
[[noreturn]] void rethrowAsError(const std::string &doing);

/// Runs `function` in inference mode (it is per thread) and with its failures as core::Error.
/// `doing` completes "LibTorch failed at": "encoding the picture".
template <typename Function>
auto torchCall(const std::string &doing, Function &&function)
{
    try {
        const c10::InferenceMode inference;
        return std::forward<Function>(function)();
    } catch (...) {
        rethrowAsError(doing);
    }
}

} // namespace core
