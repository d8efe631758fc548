// SPDX-License-Identifier: Apache-2.0
#include "check_runs.h"

#include "masks_from_bytes.h"
#include "plain_regions.h"

#include "core/error.h"
#include "core/mask/clean_up.h"
#include "core/mask/outline_parts.h"
#include "core/mask/place.h"
#include "core/mask/ring_bridges.h"
#include "core/mask/rle_builder.h"
#include "core/mask/rle_columns.h"
#include "core/mask/rle_encoder.h"
#include "core/mask/rle_iou.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"
#include "core/mask/small_regions.h"
#include "tests/core/plain_runs.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace fuzz
{
namespace
{

using core::Connectivity;
using core::Mask;
using core::Rle;
using core::SetOperation;

constexpr SetOperation operations[] = {SetOperation::Union, SetOperation::Intersection,
                                       SetOperation::Difference, SetOperation::SymmetricDifference};

void require(bool holds, const char *what)
{
    if (!holds)
        throw std::logic_error(what);
}

std::int64_t plainArea(const Mask &mask)
{
    return std::ranges::count(mask.pixels, std::uint8_t{1});
}

core::PixelRect plainBox(const Mask &mask)
{
    int left = mask.size.width, top = mask.size.height, right = 0, bottom = 0;
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            if (mask.at(x, y) == 0)
                continue;
            left = std::min(left, x), right = std::max(right, x + 1);
            top = std::min(top, y), bottom = std::max(bottom, y + 1);
        }
    }
    return right == 0 ? core::PixelRect{} : core::PixelRect{left, top, right - left, bottom - top};
}

double plainIou(const Mask &detection, const Mask &truth, bool isCrowd)
{
    const auto both = plainArea(plainCombine(detection, truth, SetOperation::Intersection));
    const auto whole = isCrowd ? plainArea(detection)
                               : plainArea(plainCombine(detection, truth, SetOperation::Union));
    return whole == 0 ? 0 : double(both) / double(whole);
}

Mask plainMerge(std::span<const Mask> masks, SetOperation operation)
{
    Mask result = masks[0];
    for (const Mask &mask : masks.subspan(1))
        result = plainCombine(result, mask, operation);
    return result;
}

/// Rows that are as the one before are only counted.
Rle encodedByRows(const Mask &mask)
{
    core::RleEncoder encoder(mask.size);
    for (int y = 0; y < mask.size.height; ++y) {
        if (y > 0 && std::equal(mask.row(y), mask.row(y) + mask.size.width, mask.row(y - 1)))
            encoder.repeatRow(1);
        else
            encoder.addRow(mask.row(y));
    }
    return encoder.finish();
}

/// Its runs, the long ones in pieces.
Rle builtAgain(const Rle &rle)
{
    core::RleBuilder builder(rle.size);
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < rle.counts.size(); place += rle.counts[i++]) {
        const std::uint64_t middle = place + rle.counts[i] / 3;
        if (i % 2 == 0)
            continue;
        builder.add(place, middle);
        builder.add(middle, place + rle.counts[i]);
    }
    return builder.finish();
}

std::optional<Rle> readString(std::string_view text, core::Size size)
{
    try {
        return core::rleFromString(text, size);
    } catch (const core::Error &) {
        return {};
    }
}

/// A string of anything is refused or is a mask that can be written.
void checkString(const std::string &text, core::Size size)
{
    const auto rle = readString(text, size);
    if (!rle)
        return;
    core::validate(*rle);
    require(readString(core::toString(*rle), size) == rle, "a string that was read and written");
}

void checkStrings(const MaskSample &sample)
{
    const core::Size size = sample.masks[0].size;
    for (const Rle &rle : sample.masks)
        require(readString(core::toString(rle), size) == rle, "a string comes back");
    std::string text(sample.text.begin(), sample.text.end());
    checkString(text, size);
    constexpr int codes = 64;
    for (char &character : text)
        character = char(48 + static_cast<unsigned char>(character) % codes); // of their alphabet
    checkString(text, size);
}

std::vector<std::uint8_t> columnsOf(const Rle &rle)
{
    std::vector<std::uint8_t> columns(static_cast<std::size_t>(rle.size.area()));
    core::decodeColumns(rle, columns);
    return columns;
}

std::vector<std::uint8_t> columnsOf(const Mask &mask)
{
    std::vector<std::uint8_t> columns;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y)
            columns.push_back(mask.at(x, y));
    }
    return columns;
}

void checkOne(const Rle &rle, const Mask &mask)
{
    core::validate(rle);
    require(core::decode(rle) == mask, "decode");
    require(columnsOf(rle) == columnsOf(mask), "decode columns");
    const Rle plain = plainEncode(mask);
    require(core::encode(mask) == plain, "encode");
    require(encodedByRows(mask) == plain, "encode by rows");
    require(builtAgain(rle) == plain, "build");
    require(core::withoutEmptyRuns(rle) == plain, "without empty runs");
    for (const Rle &runs : {rle, plain}) {
        require(core::area(runs) == plainArea(mask), "area");
        require(core::boundingBox(runs) == plainBox(mask), "bounding box");
    }
}

/// Points and a block that lie in the picture, at its border or beyond.
void checkPlaces(const Rle &rle, const Mask &mask, std::uint8_t choice)
{
    const auto isOn = [&mask](int x, int y) {
        return x >= 0 && y >= 0 && x < mask.size.width && y < mask.size.height && mask.at(x, y);
    };
    const core::PixelRect block{choice % 16 - 4, choice / 16 - 4, 1 + choice % 70, 1 + choice % 67};
    Mask cut({block.width, block.height});
    for (int y = 0; y < block.height; ++y)
        for (int x = 0; x < block.width; ++x)
            cut.set(x, y, isOn(block.x + x, block.y + y));
    for (int i = 0; i < 70; ++i)
        require(core::contains(rle, block.x + i, block.y + i) == isOn(block.x + i, block.y + i),
                "a point");
    require(core::crop(rle, block) == cut, "crop");

    Mask placed(mask.size);
    for (int y = 0; y < mask.size.height; ++y)
        for (int x = 0; x < mask.size.width; ++x)
            placed.set(x, y, isOn(x - block.x, y - block.y));
    require(core::place(rle, block.x, block.y, mask.size) == plainEncode(placed), "place runs");
    require(core::place(mask, block.x, block.y, mask.size) == plainEncode(placed), "place pixels");
}

void checkPairs(const MaskSample &sample)
{
    for (std::size_t i = 0; i < sample.masks.size(); ++i) {
        const std::size_t other = (i + 1) % sample.masks.size();
        const Rle &a = sample.masks[i], &b = sample.masks[other];
        const Mask &pixelsA = sample.pixels[i], &pixelsB = sample.pixels[other];
        for (const SetOperation operation : operations)
            require(core::combine(a, b, operation) ==
                        plainEncode(plainCombine(pixelsA, pixelsB, operation)),
                    "two combined");
        for (const bool isCrowd : {false, true})
            require(core::iou(a, b, isCrowd) == plainIou(pixelsA, pixelsB, isCrowd), "IoU");
    }
}

void checkMany(const MaskSample &sample)
{
    for (const SetOperation operation : operations)
        require(core::withoutEmptyRuns(core::merge(sample.masks, operation)) ==
                    plainEncode(plainMerge(sample.pixels, operation)),
                "many merged");
    const std::size_t count = sample.masks.size();
    std::vector<std::uint8_t> isCrowd;
    for (std::size_t i = 0; i < count; ++i)
        isCrowd.push_back(sample.choice >> i & 1);
    const auto values = core::iouMatrix(sample.masks, sample.masks, isCrowd);
    for (std::size_t i = 0; i < count * count; ++i)
        require(values[i] == plainIou(sample.pixels[i / count], sample.pixels[i % count],
                                      isCrowd[i % count] != 0),
                "a matrix of IoUs");
}

void checkComponents(const core::Components &components, const Regions &regions, core::Size size)
{
    require(components.list.size() == regions.size(), "how many components");
    const std::vector<Rle> masks = core::masksOf(components);
    Mask every(size);
    std::vector<bool> isWanted;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        require(components.list[i].area == std::int64_t(regions[i].size()), "a component's area");
        isWanted.push_back(i % 2 == 0);
        for (const Pixel pixel : regions[i])
            every.set(pixel.x, pixel.y, isWanted.back() || every.at(pixel.x, pixel.y) != 0);
        constexpr std::size_t few = 4; // each has to be painted
        if (i >= few)
            continue;
        const Mask own = maskOf(regions[i], size);
        require(components.list[i].box == plainBox(own), "a component's box");
        require(masks[i] == plainEncode(own), "a component's mask");
    }
    require(core::maskOf(components, isWanted) == plainEncode(every), "some components");
}

void checkSmallRegions(Rle rle, Mask mask, std::int64_t few, bool on)
{
    const Regions regions = plainRegions(mask, on, Connectivity::Eight);
    const auto isSmall = [few](const auto &region) { return std::int64_t(region.size()) < few; };
    const auto *kept = on && std::ranges::all_of(regions, isSmall) ? largest(regions) : nullptr;
    for (const auto &region : regions) {
        for (const Pixel pixel : region)
            mask.set(pixel.x, pixel.y, on != (isSmall(region) && &region != kept));
    }
    const bool found = core::removeSmallRegions(
        rle, double(few), on ? core::SmallRegion::Island : core::SmallRegion::Hole);
    require(found == std::ranges::any_of(regions, isSmall), "whether regions are small");
    require(core::decode(rle) == mask, "small regions");
}

void checkRegions(const Rle &rle, const Mask &mask, std::int64_t few)
{
    for (const auto connectivity : {Connectivity::Four, Connectivity::Eight}) {
        checkComponents(core::findParts(rle, connectivity), plainRegions(mask, true, connectivity),
                        mask.size);
        Regions holes = plainRegions(mask, false, connectivity);
        std::erase_if(holes, [&](const auto &hole) { return touchesBorder(hole, mask.size); });
        checkComponents(core::findHoles(rle, connectivity), holes, mask.size);
    }
    for (const bool on : {true, false})
        checkSmallRegions(rle, mask, few, on);
}

void checkOutline(const Rle &rle)
{
    const auto parts = core::outlineParts(rle);
    if (!parts.empty())
        require(core::withoutEmptyRuns(core::rleFromPolygon(core::bridgedRing(parts), rle.size)) ==
                    core::withoutEmptyRuns(rle),
                "an outline, filled");
}

} // namespace

void checkRuns(std::span<const std::uint8_t> bytes)
{
    const MaskSample sample = masksFromBytes(bytes);
    for (std::size_t i = 0; i < sample.masks.size(); ++i) {
        checkOne(sample.masks[i], sample.pixels[i]);
        checkPlaces(sample.masks[i], sample.pixels[i], sample.choice);
    }
    checkStrings(sample);
    checkPairs(sample);
    checkMany(sample);
    checkRegions(sample.masks[0], sample.pixels[0], sample.fewPixels);
    constexpr long long small = 64 * 64; // one ring around very many parts takes long to bridge
    if (sample.masks[0].size.area() <= small)
        checkOutline(sample.masks[0]);
}

} // namespace fuzz
