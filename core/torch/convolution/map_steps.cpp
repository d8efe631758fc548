// SPDX-License-Identifier: Apache-2.0
#include "core/torch/convolution/map_steps.h"

#include "core/cpu/kernels.h"
#include "core/torch/convolution/division.h"

#include <algorithm>

namespace core
{

Step stepByRows(const MapView &map,
                const std::function<void(std::int64_t begin, std::int64_t end)> &work)
{
    constexpr std::int64_t pixelsAtOnce = 64; // with some hundred channels, in the second cache
    const Division division(map.height, map.width, pixelsAtOnce, 1);
    return {division.pieces(), [work, division](std::size_t piece) {
                const auto [begin, end] = division.rows(piece);
                work(begin, end);
            }};
}

Step together(const Step &first, const Step &second)
{
    return {first.count + second.count, [first, second](std::size_t piece) {
                if (piece < first.count)
                    first.work(piece);
                else
                    second.work(piece - first.count);
            }};
}

void addEnlarged(const MapView &map, std::int64_t begin, std::int64_t end, bool isRectified,
                 const MapView &sums)
{
    for (std::int64_t y = begin; y < end; ++y)
        addEnlargedRow(map, y, isRectified, sums.row(y));
}

void addEnlargedRow(const MapView &map, std::int64_t y, bool isRectified, float *sums)
{
    const std::int64_t near = y / 2;
    const std::int64_t far =
        std::clamp<std::int64_t>(y % 2 == 0 ? near - 1 : near + 1, 0, map.height - 1);
    cpu::kernels()->addEnlarged({.near = map.row(near),
                                 .far = map.row(far),
                                 .width = map.width,
                                 .channels = map.channels,
                                 .isRectified = isRectified,
                                 .sums = sums});
}

void readRows(const std::vector<Reader> &readers, const MapView &map, std::int64_t begin,
              std::int64_t end)
{
    const std::int64_t pixels = (end - begin) * map.width;
    for (const Reader &reader : readers) {
        reader.layer.apply(map.row(begin), pixels, reader.out.row(begin));
        if (reader.isUnit)
            cpu::kernels()->unitRows(reader.out.row(begin), pixels, reader.out.channels);
    }
}

Step readMap(const MapView &map, const std::vector<Reader> &readers)
{
    return stepByRows(
        map, [=](std::int64_t begin, std::int64_t end) { readRows(readers, map, begin, end); });
}

} // namespace core
