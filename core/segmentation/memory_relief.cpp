// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/memory_relief.h"

namespace core
{

void MemoryRelief::start(Device device, const std::string &precision)
{
    m_device = device;
    m_isHalf = precision != "fp32";
    m_cachesAreFree = false;
    m_limits = {};
}

std::optional<MemoryRelief::Step> MemoryRelief::next()
{
    if (!m_cachesAreFree) {
        m_cachesAreFree = true;
        return Step::FreeCaches;
    }
    const bool onGpu = m_device == Device::Cuda && !m_limits.onCpu;
    if (onGpu && !m_isHalf && !m_limits.halfPrecision) {
        m_limits.halfPrecision = true;
        return Step::HalfPrecision;
    }
    if (!m_limits.smallBatches) {
        m_limits.smallBatches = true;
        return Step::SmallBatches;
    }
    if (onGpu) {
        // The machine's memory is another one: there the model may compute as it likes.
        m_limits = {false, false, true};
        return Step::Cpu;
    }
    return std::nullopt;
}

} // namespace core
