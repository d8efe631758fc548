// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_array.h"

#include <cstddef>
#include <memory>

namespace core::sam
{

/// Memory that every click needs anew, some megabytes of it: the thread keeps it for the next one.
/// Given back, the system would take it away, and a page that is new costs as much as the products
/// that fill it. Not initialised. To be destroyed by the thread that made it.
class LentFloats
{
public:
    explicit LentFloats(std::ptrdiff_t count);
    ~LentFloats();
    LentFloats(const LentFloats &) = delete;
    LentFloats &operator=(const LentFloats &) = delete;

    float *get() const { return m_block->floats.get(); }

    struct Block {
        std::ptrdiff_t count;
        cpu::AlignedFloats floats;
    };

private:
    std::unique_ptr<Block> m_block;
};

} // namespace core::sam
