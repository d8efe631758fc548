// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace core::cpu
{

/// Elements that begin where a line of the cache begins. Not initialised.
template <typename Element>
class AlignedArray
{
public:
    explicit AlignedArray(std::ptrdiff_t count)
        : m_elements(static_cast<Element *>(::operator new[](
              static_cast<std::size_t>(count) * sizeof(Element), std::align_val_t(alignment))))
    {
    }
    Element *get() { return m_elements.get(); }
    const Element *get() const { return m_elements.get(); }

private:
    static constexpr std::size_t alignment = 64;
    struct Free {
        void operator()(Element *elements) const
        {
            ::operator delete[](elements, std::align_val_t(alignment));
        }
    };
    std::unique_ptr<Element[], Free> m_elements;
};

using AlignedFloats = AlignedArray<float>;

} // namespace core::cpu
