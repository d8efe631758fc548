// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle.h"

#include "core/error.h"

namespace core
{

Rle encode(const Mask &mask)
{
    Rle rle{mask.size, {}};
    std::uint8_t value = 0;
    std::uint32_t run = 0;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (mask.at(x, y) != value) {
                rle.counts.push_back(run);
                run = 0;
                value ^= 1;
            }
            ++run;
        }
    }
    rle.counts.push_back(run);
    return rle;
}

Mask decode(const Rle &rle)
{
    Mask mask(rle.size);
    const auto area = static_cast<std::uint64_t>(rle.size.area());
    std::uint64_t position = 0;
    bool on = false;
    for (const std::uint32_t count : rle.counts) {
        if (position + count > area)
            throw Error(ErrorKind::BadDataset, "The run lengths of a mask exceed its size.");
        if (on) {
            for (std::uint64_t i = position; i < position + count; ++i)
                mask.set(static_cast<int>(i / static_cast<unsigned>(rle.size.height)),
                         static_cast<int>(i % static_cast<unsigned>(rle.size.height)));
        }
        position += count;
        on = !on;
    }
    if (position != area)
        throw Error(ErrorKind::BadDataset, "The run lengths of a mask do not fill its size.");
    return mask;
}

} // namespace core
