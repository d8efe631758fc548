// SPDX-License-Identifier: Apache-2.0
#include "app/cli/json_values.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace cli
{

Json toJson(const core::Rle &rle)
{
    return {{"size", {rle.size.height, rle.size.width}}, {"counts", core::toString(rle)}};
}

core::Rle rleFromJson(const Json &value)
{
    const auto refuse = [](const char *why) {
        throw core::Error(core::ErrorKind::BadDataset, why);
    };
    if (!value.is_object() || !value.contains("size") || !value.contains("counts"))
        refuse("A mask is {\"size\": [height, width], \"counts\": ...}.");
    const Json &size = value["size"];
    const auto isSide = [](const Json &side) {
        return side.is_number_unsigned() && side.get<std::uint64_t>() <= core::maxMaskPixels;
    };
    if (!size.is_array() || size.size() != 2 || !isSide(size[0]) || !isSide(size[1]))
        refuse("A mask's size is [height, width], two whole numbers.");
    const core::Size pixels{size[1].get<int>(), size[0].get<int>()};

    const Json &counts = value["counts"];
    if (counts.is_string())
        return core::rleFromString(counts.get_ref<const std::string &>(), pixels);
    if (!counts.is_array())
        refuse("A mask's counts are a string or a list of whole numbers.");
    std::vector<std::uint32_t> numbers;
    for (const Json &count : counts) {
        if (!count.is_number_unsigned() || count.get<std::uint64_t>() > core::maxMaskPixels)
            refuse("A mask's counts are a string or a list of whole numbers.");
        numbers.push_back(count.get<std::uint32_t>());
    }
    core::Rle rle{pixels, std::move(numbers)};
    core::validate(rle);
    return rle;
}

Json toJson(const core::MaskCandidate &candidate)
{
    const core::Rle rle = core::encode(candidate.mask);
    const core::PixelRect box = core::boundingBox(rle);
    return {{"rle", toJson(rle)},
            {"predicted_iou", rounded(candidate.predictedIou)},
            {"stability_score", rounded(candidate.stabilityScore)},
            {"area", core::area(rle)},
            {"bbox", {box.x, box.y, box.width, box.height}}};
}

double rounded(double value, int digits)
{
    const double scale = std::pow(10.0, digits);
    return std::round(value * scale) / scale;
}

} // namespace cli
