// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <optional>

namespace core
{

/// What a model goes without because memory ran out; all false: computes as it was asked to.
struct ComputeLimits {
    bool halfPrecision = false; ///< of the image encoder; means nothing on the CPU
    bool smallBatches = false;  ///< one prompt after the other
    bool onCpu = false;
    bool operator==(const ComputeLimits &) const = default;
};

/// What is given up, one thing after the other, when a computation ran out of memory, so that the
/// click that asked for it is answered all the same. Decides only; whoever owns the model acts:
///
///     catch (const Error &error) {
///         if (error.kind() != ErrorKind::OutOfMemory) throw;
///         const auto step = relief.next();
///         if (!step) throw;
///         // free caches, or load the model anew with relief.limits(); then try again
///     }
class MemoryRelief
{
public:
    enum class Step {
        FreeCaches,    ///< embeddings that are not in use leave the device
        HalfPrecision, ///< the rest mean: load the model anew with limits()
        SmallBatches,
        Cpu,
    };

    /// A model was loaded as the user wants it.
    void start(Device device, const std::string &precision);
    /// What to give up now; nothing when there is nothing left.
    std::optional<Step> next();
    /// A computation had memory enough: caches fill again, so they may be freed again.
    void succeeded() { m_cachesAreFree = false; }
    const ComputeLimits &limits() const { return m_limits; }

private:
    Device m_device = Device::Cpu;
    bool m_isHalf = false;
    bool m_cachesAreFree = false;
    ComputeLimits m_limits;
};

} // namespace core
