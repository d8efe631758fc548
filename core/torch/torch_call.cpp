// SPDX-License-Identifier: Apache-2.0
#include "core/torch/torch_call.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace core
{

namespace
{

/// LibTorch tells a lack of memory by its own type where tensors are allocated on a GPU, and by
/// text alone on the CPU and where a library or the driver asks for memory behind its back. cuBLAS
/// and cuDNN call a handle "not initialized" when there is no memory to make it.
bool isOutOfMemory(std::string_view text)
{
    constexpr std::array<std::string_view, 6> ways = {
        "can't allocate memory",      "out of memory",
        "CUBLAS_STATUS_ALLOC_FAILED", "CUBLAS_STATUS_NOT_INITIALIZED",
        "CUDNN_STATUS_ALLOC_FAILED",  "CUDNN_STATUS_NOT_INITIALIZED"};
    return std::any_of(ways.begin(), ways.end(), [&](std::string_view way) {
        return text.find(way) != std::string_view::npos;
    });
}

bool isOutOfMemory(const c10::Error &error)
{
    return dynamic_cast<const c10::OutOfMemoryError *>(&error) ||
           isOutOfMemory(error.what_without_backtrace());
}

std::string firstLine(const std::string &text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

void rethrowAsError(const std::string &doing)
{
    const std::string noMemory = "There is not enough memory for " + doing +
                                 "; close other programs or use a smaller model.";
    try {
        throw;
    } catch (const Error &) {
        throw;
    } catch (const c10::Error &error) {
        if (isOutOfMemory(error))
            throw Error(ErrorKind::OutOfMemory, noMemory);
        throw Error(ErrorKind::ComputationFailed, "LibTorch failed at " + doing + ": " +
                                                      firstLine(error.what_without_backtrace()) +
                                                      ".");
    } catch (const std::bad_alloc &) {
        throw Error(ErrorKind::OutOfMemory, noMemory);
    } catch (const std::exception &error) {
        if (isOutOfMemory(error.what())) // our kernels' launches
            throw Error(ErrorKind::OutOfMemory, noMemory);
        throw Error(ErrorKind::ComputationFailed,
                    "LibTorch failed at " + doing + ": " + firstLine(error.what()) + ".");
    }
}

} // namespace core
