// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/lent_floats.h"

#include <algorithm>
#include <vector>

namespace core::sam
{

namespace
{

constexpr std::size_t mostKept = 2; ///< a click's image and its projection

std::vector<std::unique_ptr<LentFloats::Block>> &keptBlocks()
{
    static thread_local std::vector<std::unique_ptr<LentFloats::Block>> kept;
    return kept;
}

} // namespace

LentFloats::LentFloats(std::ptrdiff_t count)
{
    auto &kept = keptBlocks();
    const auto fitting = std::find_if(kept.begin(), kept.end(),
                                      [&](const auto &block) { return block->count == count; });
    if (fitting == kept.end()) {
        m_block = std::make_unique<Block>(Block{count, cpu::AlignedFloats(count)});
        return;
    }
    m_block = std::move(*fitting);
    kept.erase(fitting);
}

LentFloats::~LentFloats()
{
    auto &kept = keptBlocks();
    if (kept.size() == mostKept)
        kept.erase(kept.begin());
    kept.push_back(std::move(m_block));
}

} // namespace core::sam
