// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_segmentation.h"

#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"
#include "export/entry.h"
#include "export/files/picture_size.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <utility>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

core::Rle plainRuns(const Json &counts, core::Size size, const JsonFields &fields)
{
    std::vector<std::uint32_t> numbers;
    numbers.reserve(counts.size());
    for (const Json &count : counts) {
        const std::int64_t number = fields.integer(count, "run length");
        if (number < 0 || number > std::numeric_limits<std::uint32_t>::max())
            fields.refuse("has the impossible run length " + std::to_string(number), "rle-counts");
        numbers.push_back(static_cast<std::uint32_t>(number));
    }
    core::Rle rle{size, std::move(numbers)};
    core::validate(rle);
    return rle;
}

/// b'..\\..' is ..\.. again.
std::string unprinted(std::string_view bytes)
{
    std::string text;
    bytes = bytes.substr(2, bytes.size() - 3);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes.substr(i).starts_with("\\\\"))
            ++i;
        text += bytes[i];
    }
    return text;
}

core::Rle textRuns(const std::string &counts, core::Size size)
{
    return core::rleFromString(isPrintedBytes(counts) ? unprinted(counts) : counts, size);
}

core::Rle runs(const Json &segmentation, core::Size imageSize, const JsonFields &fields)
{
    const core::Size size = sizeInRuns(segmentation, fields);
    const auto counts = segmentation.find("counts");
    if (counts == segmentation.end())
        fields.refuse("has a mask without \"counts\"", "rle-keys");
    if (size != imageSize)
        fields.refuse("has a mask of " + sizeText(size) + " pixels, but its image is " +
                          sizeText(imageSize),
                      "rle-size");
    if (counts->is_string())
        return textRuns(counts->get_ref<const std::string &>(), imageSize);
    if (counts->is_array())
        return plainRuns(*counts, imageSize, fields);
    fields.refuse("has a mask whose \"counts\" are neither text nor a list", "rle-counts");
}

core::Rle polygons(const Json &rings, core::Size imageSize, const JsonFields &fields)
{
    std::vector<std::vector<double>> all;
    for (const Json &ring : rings) {
        all.push_back(fields.numbers(ring, "a polygon"));
        if (all.back().size() < 6)
            fields.refuse("has a polygon of fewer than three points", "polygon-points");
    }
    return unionOfPolygons(all, imageSize);
}

} // namespace

core::Size sizeInRuns(const Json &segmentation, const JsonFields &fields)
{
    const auto size = segmentation.find("size");
    if (size == segmentation.end() || !size->is_array() || size->size() != 2)
        fields.refuse("has a mask without \"counts\" and \"size\": [height, width]", "rle-keys");
    const Json sides{{"height", (*size)[0]}, {"width", (*size)[1]}};
    return JsonFields(sides, fields.where()).size("width", "height");
}

nlohmann::ordered_json cocoRuns(const core::Rle &mask, SegmentationForm form)
{
    nlohmann::ordered_json json{{"size", {mask.size.height, mask.size.width}}};
    if (form == SegmentationForm::RleUncompressed)
        json["counts"] = mask.counts;
    else
        json["counts"] = core::toString(mask);
    return json;
}

bool isPrintedBytes(std::string_view counts)
{
    return counts.size() >= 3 && counts.starts_with("b'") && counts.ends_with('\'');
}

core::Rle unionOfPolygons(const std::vector<std::vector<double>> &polygons, core::Size imageSize)
{
    core::Rle all{imageSize, {static_cast<std::uint32_t>(imageSize.area())}};
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        core::Rle one = core::rleFromPolygon(polygons[i], imageSize);
        all = i == 0 ? core::withoutEmptyRuns(std::move(one))
                     : core::combine(all, one, core::SetOperation::Union);
    }
    return all;
}

core::Rle readCocoSegmentation(const Json &segmentation, core::Size imageSize,
                               const JsonFields &fields)
{
    const bool isRuns = segmentation.is_object();
    if (!isRuns && !segmentation.is_array())
        fields.refuse("has neither run lengths nor polygons as \"segmentation\"",
                      "segmentation-form");
    try {
        return isRuns ? core::withoutEmptyRuns(runs(segmentation, imageSize, fields))
                      : polygons(segmentation, imageSize, fields);
    } catch (const EntryError &) {
        throw;
    } catch (const core::Error &error) {
        // A sentence from the mask functions knows nothing of the file yet.
        if (error.kind() != core::ErrorKind::BadDataset)
            throw;
        throw EntryError(isRuns ? "rle-counts" : "polygon-numbers",
                         fields.where() + ": " + error.what());
    }
}

} // namespace exporters
