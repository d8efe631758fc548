// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco_segmentation.h"

#include "core/error.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

std::string text(core::Size size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

core::Rle plainRuns(const Json &counts, core::Size size, const JsonFields &fields)
{
    core::Rle rle{size, {}};
    rle.counts.reserve(counts.size());
    for (const Json &count : counts) {
        const std::int64_t number = fields.integer(count, "run length");
        if (number < 0 || number > std::numeric_limits<std::uint32_t>::max())
            fields.refuse("has the impossible run length " + std::to_string(number));
        rle.counts.push_back(static_cast<std::uint32_t>(number));
    }
    core::validate(rle);
    return rle;
}

core::Rle runs(const Json &segmentation, core::Size imageSize, const JsonFields &fields)
{
    const auto counts = segmentation.find("counts");
    const auto size = segmentation.find("size");
    if (counts == segmentation.end() || size == segmentation.end() || !size->is_array() ||
        size->size() != 2)
        fields.refuse("has a mask without \"counts\" and \"size\": [height, width]");
    const std::int64_t height = fields.integer((*size)[0], "the mask's height");
    const std::int64_t width = fields.integer((*size)[1], "the mask's width");
    if (height != imageSize.height || width != imageSize.width)
        fields.refuse("has a mask of " + std::to_string(width) + " x " + std::to_string(height) +
                      " pixels, but its image is " + text(imageSize));
    if (counts->is_string())
        return core::rleFromString(counts->get_ref<const std::string &>(), imageSize);
    if (counts->is_array())
        return plainRuns(*counts, imageSize, fields);
    fields.refuse("has a mask whose \"counts\" are neither text nor a list");
}

core::Rle polygons(const Json &rings, core::Size imageSize, const JsonFields &fields)
{
    core::Rle all{imageSize, {static_cast<std::uint32_t>(imageSize.area())}};
    for (const Json &ring : rings) {
        const std::vector<double> xy = fields.numbers(ring, "a polygon");
        if (xy.size() < 6)
            fields.refuse("has a polygon of fewer than three points");
        all = core::combine(all, core::rleFromPolygon(xy, imageSize), core::SetOperation::Union);
    }
    return all;
}

} // namespace

core::Rle readCocoSegmentation(const Json &segmentation, core::Size imageSize,
                               const JsonFields &fields)
{
    try {
        if (segmentation.is_object())
            return core::withoutEmptyRuns(runs(segmentation, imageSize, fields));
        if (segmentation.is_array())
            return polygons(segmentation, imageSize, fields);
    } catch (const core::Error &error) {
        // A sentence from the mask functions knows nothing of the file yet.
        const std::string sentence = error.what();
        if (sentence.starts_with(fields.where()))
            throw;
        throw core::Error(error.kind(), fields.where() + ": " + sentence);
    }
    fields.refuse("has neither run lengths nor polygons as \"segmentation\"");
}

} // namespace exporters
