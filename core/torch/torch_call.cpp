// SPDX-License-Identifier: Apache-2.0
#include "core/torch/torch_call.h"

#include "core/error.h"

#include <new>

namespace core
{

namespace
{

/// LibTorch tells a lack of memory by its own type on a GPU and by text alone on the CPU.
bool isOutOfMemory(const c10::Error &error)
{
    if (dynamic_cast<const c10::OutOfMemoryError *>(&error))
        return true;
    const std::string text = error.what_without_backtrace();
    return text.find("can't allocate memory") != std::string::npos ||
           text.find("out of memory") != std::string::npos;
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
        throw Error(ErrorKind::ComputationFailed,
                    "LibTorch failed at " + doing + ": " + firstLine(error.what()) + ".");
    }
}

} // namespace core
