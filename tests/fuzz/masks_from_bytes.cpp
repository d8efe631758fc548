// SPDX-License-Identifier: Apache-2.0
#include "masks_from_bytes.h"

#include <algorithm>
#include <utility>

namespace fuzz
{
namespace
{

std::uint32_t runOf(std::uint8_t byte)
{
    constexpr std::uint32_t longest = 240;
    return byte < longest ? byte : (byte - longest + 1U) * 240;
}

core::Rle runsFrom(std::span<const std::uint8_t> bytes, core::Size size)
{
    std::vector<std::uint32_t> counts;
    const bool again = !bytes.empty() && bytes[0] % 2 == 1;
    bytes = bytes.empty() ? bytes : bytes.subspan(1);
    auto left = static_cast<std::uint32_t>(size.area());
    for (bool grew = true; left > 0 && grew;) {
        grew = false;
        for (const std::uint8_t byte : bytes) {
            const std::uint32_t run = std::min(runOf(byte), left);
            counts.push_back(run);
            left -= run;
            grew = grew || (again && run > 0);
        }
        constexpr std::size_t most = 100'000; // of a pattern of empty runs
        grew = grew && counts.size() < most;
    }
    if (left > 0 || counts.empty())
        counts.push_back(left);
    return {size, std::move(counts)};
}

core::Mask pixelsOf(const core::Rle &rle)
{
    core::Mask mask(rle.size);
    int place = 0;
    bool on = false;
    for (const std::uint32_t run : rle.counts) {
        for (std::uint32_t i = 0; i < run; ++i, ++place)
            mask.set(place / rle.size.height, place % rle.size.height, on);
        on = !on;
    }
    return mask;
}

} // namespace

MaskSample masksFromBytes(std::span<const std::uint8_t> bytes)
{
    const auto next = [&bytes] {
        const std::uint8_t byte = bytes.empty() ? 0 : bytes.front();
        bytes = bytes.subspan(bytes.empty() ? 0 : 1);
        return int(byte);
    };
    const int lowHeight = next(), highHeight = next() % 4, wantedWidth = 1 + next();
    const int height = 1 + lowHeight + 256 * highHeight;
    const core::Size size{std::min(wantedWidth, (1 << 14) / height), height};
    const auto count = std::size_t(1 + next() % 4);
    MaskSample sample;
    sample.fewPixels = next();
    sample.choice = std::uint8_t(next());
    sample.text = bytes;
    const std::size_t piece = bytes.size() / count;
    for (std::size_t i = 0; i < count; ++i) {
        sample.masks.push_back(runsFrom(bytes.subspan(i * piece, piece), size));
        sample.pixels.push_back(pixelsOf(sample.masks.back()));
    }
    return sample;
}

} // namespace fuzz
