// SPDX-License-Identifier: Apache-2.0
#include "export/maps/instance_map.h"

#include "core/error.h"
#include "core/mask/rle_builder.h"
#include "core/mask/rle_measure.h"
#include "export/records/writable.h"

#include <algorithm>
#include <map>
#include <new>
#include <numeric>

namespace exporters
{
namespace
{

constexpr std::size_t mostValues = 65536;

IndexMap mapOf(core::Size size)
{
    try {
        return IndexMap(size);
    } catch (const std::bad_alloc &) {
        throw core::Error(core::ErrorKind::OutOfMemory,
                          "There is not enough memory for a map of " + std::to_string(size.width) +
                              " x " + std::to_string(size.height) + " pixels.");
    }
}

void paint(IndexMap &map, const core::Rle &mask, std::uint32_t value)
{
    const auto height = static_cast<std::uint64_t>(map.size.height);
    const auto width = static_cast<std::size_t>(map.size.width);
    std::uint64_t position = 0;
    for (std::size_t i = 0; i < mask.counts.size(); ++i) {
        const std::uint64_t end = position + mask.counts[i];
        if (i % 2 == 1) {
            std::size_t x = position / height;
            std::size_t y = position % height;
            for (std::uint64_t p = position; p < end; ++p) {
                map.values[y * width + x] = value;
                if (++y == height) {
                    y = 0;
                    ++x;
                }
            }
        }
        position = end;
    }
}

void requireMaskOf(const core::ImageRecord &image, const core::Annotation &annotation)
{
    if (annotation.mask.size != image.size)
        throw core::Error(core::ErrorKind::BadDataset,
                          "The annotations cannot be exported: the mask of annotation id " +
                              std::to_string(annotation.id) +
                              " does not have the size of its image " + image.fileName + ".");
    core::validate(annotation.mask);
}

/// Drops the objects that have no pixel in the map and closes the gaps between the values.
void dropCovered(DrawnObjects &drawn, WriteSummary &summary)
{
    std::vector<std::int64_t> left(drawn.objects.size() + 1);
    for (const std::uint32_t value : drawn.map.values)
        ++left[value];
    std::vector<std::uint32_t> table{0};
    std::vector<core::Annotation> kept;
    for (std::size_t i = 0; i < drawn.objects.size(); ++i) {
        const std::int64_t pixels = left[i + 1];
        if (pixels == 0)
            summary.lose("objects lie wholly under others and were left out");
        else if (pixels < core::area(drawn.objects[i].mask))
            summary.lose("objects lie partly under others; their covered pixels were lost");
        if (pixels > 0)
            kept.push_back(std::move(drawn.objects[i]));
        table.push_back(static_cast<std::uint32_t>(kept.size()));
    }
    if (kept.size() < drawn.objects.size())
        drawn.map = recoded(drawn.map, table);
    drawn.objects = std::move(kept);
}

} // namespace

IndexMap assignPixels(core::Size size, std::span<const core::Rle *const> masks, Overlap overlap)
{
    std::vector<std::size_t> order(masks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (overlap == Overlap::SmallestOnTop) {
        std::vector<std::int64_t> areas;
        for (const core::Rle *mask : masks)
            areas.push_back(core::area(*mask));
        std::ranges::stable_sort(order, [&](auto a, auto b) { return areas[a] > areas[b]; });
    }
    IndexMap map = mapOf(size);
    for (const std::size_t i : order)
        paint(map, *masks[i], static_cast<std::uint32_t>(i + 1));
    return map;
}

DrawnObjects drawObjects(const core::ImageRecord &image, std::vector<core::Annotation> annotations,
                         Overlap overlap, WriteSummary &summary, std::size_t most)
{
    core::validateMaskSize(image.size);
    requireDrawable(image.size, image.fileName);
    DrawnObjects drawn;
    for (core::Annotation &annotation : annotations) {
        if (annotation.hasMask()) {
            requireMaskOf(image, annotation);
            if (core::area(annotation.mask) == 0) {
                summary.lose("objects without a pixel were left out");
                continue;
            }
        }
        const bool isDrawn = annotation.hasMask() && drawn.objects.size() < most;
        (isDrawn ? drawn.objects : drawn.boxes).push_back(std::move(annotation));
    }
    std::vector<const core::Rle *> masks;
    for (const core::Annotation &object : drawn.objects)
        masks.push_back(&object.mask);
    drawn.map = assignPixels(image.size, masks, overlap);
    dropCovered(drawn, summary);
    return drawn;
}

IndexMap recoded(const IndexMap &map, std::span<const std::uint32_t> table)
{
    IndexMap result = mapOf(map.size);
    for (std::size_t i = 0; i < map.values.size(); ++i)
        result.values[i] = table[map.values[i]];
    return result;
}

std::vector<ValueMask> masksOfValues(const IndexMap &map)
{
    const auto height = static_cast<std::size_t>(map.size.height);
    const auto width = static_cast<std::size_t>(map.size.width);
    std::map<std::uint32_t, core::RleBuilder> builders;
    std::uint32_t value = 0;
    std::size_t begin = 0;
    const auto endRun = [&](std::size_t end) {
        if (value == 0)
            return;
        const auto builder = builders.try_emplace(value, map.size).first;
        builder->second.add(begin, end);
        if (builders.size() > mostValues)
            throw core::Error(core::ErrorKind::BadDataset,
                              "holds more than " + std::to_string(mostValues) +
                                  " different values; it is no map of objects or classes.");
    };
    for (std::size_t x = 0; x < width; ++x) {
        for (std::size_t y = 0; y < height; ++y) {
            const std::uint32_t next = map.values[y * width + x];
            if (next != value) {
                const std::size_t place = x * height + y;
                endRun(place);
                value = next;
                begin = place;
            }
        }
    }
    endRun(width * height);

    std::vector<ValueMask> masks;
    for (auto &[key, builder] : builders)
        masks.push_back({key, builder.finish()});
    return masks;
}

std::unordered_map<std::uint32_t, std::uint32_t>
mostFrequentValues(const IndexMap &objects, const IndexMap &classes, std::uint32_t ignored)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> counts;
    std::size_t *last = nullptr; // neighbours are most often of the same pair
    std::pair<std::uint32_t, std::uint32_t> lastPair;
    for (std::size_t i = 0; i < objects.values.size(); ++i) {
        if (objects.values[i] == 0)
            continue;
        const std::pair pair(objects.values[i], classes.values[i]);
        if (last == nullptr || pair != lastPair) {
            last = &counts[pair];
            lastPair = pair;
        }
        ++*last;
    }
    std::unordered_map<std::uint32_t, std::uint32_t> result;
    std::unordered_map<std::uint32_t, std::size_t> best;
    for (const auto &[pair, count] : counts) {
        const auto [object, value] = pair;
        result.try_emplace(object, 0);
        if (value != 0 && value != ignored && count > best[object]) {
            best[object] = count;
            result[object] = value;
        }
    }
    return result;
}

} // namespace exporters
