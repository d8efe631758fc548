// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace core::cpu
{

/// Floats that begin where a line of the cache begins. Not initialised.
class AlignedFloats
{
public:
    explicit AlignedFloats(std::ptrdiff_t count)
        : m_floats(static_cast<float *>(::operator new[](
              static_cast<std::size_t>(count) * sizeof(float), std::align_val_t(alignment))))
    {
    }
    float *get() { return m_floats.get(); }
    const float *get() const { return m_floats.get(); }

private:
    static constexpr std::size_t alignment = 64;
    struct Free {
        void operator()(float *floats) const
        {
            ::operator delete[](floats, std::align_val_t(alignment));
        }
    };
    std::unique_ptr<float[], Free> m_floats;
};

} // namespace core::cpu
