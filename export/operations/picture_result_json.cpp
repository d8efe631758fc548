// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_result_json.h"

#include "core/error.h"
#include "core/mask/rle_string.h"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

Json toJson(const core::Annotation &annotation)
{
    Json json{{"category", annotation.categoryId}};
    if (annotation.hasMask())
        json["counts"] = core::toString(annotation.mask);
    if (annotation.isCrowd)
        json["crowd"] = true;
    if (annotation.box)
        json["box"] = {annotation.box->x0, annotation.box->y0, annotation.box->x1,
                       annotation.box->y1};
    if (annotation.score)
        json["score"] = *annotation.score;
    if (annotation.track != 0)
        json["track"] = annotation.track;
    if (!annotation.foreign.empty())
        json["foreign"] = annotation.foreign;
    return json;
}

core::Annotation annotationFrom(const Json &json, core::Size size)
{
    core::Annotation annotation;
    annotation.categoryId = json.at("category").get<core::Id>();
    annotation.mask.size = size;
    if (json.contains("counts"))
        annotation.mask = core::rleFromString(json["counts"].get_ref<const std::string &>(), size);
    annotation.isCrowd = json.value("crowd", false);
    if (json.contains("box"))
        annotation.box =
            core::Box{json["box"].at(0).get<double>(), json["box"].at(1).get<double>(),
                      json["box"].at(2).get<double>(), json["box"].at(3).get<double>()};
    if (json.contains("score"))
        annotation.score = json["score"].get<double>();
    annotation.track = json.value("track", core::Id(0));
    annotation.foreign = json.value("foreign", std::string());
    return annotation;
}

} // namespace

std::string toLine(const PictureResult &result)
{
    Json annotations = Json::array();
    for (const core::Annotation &annotation : result.annotations)
        annotations.push_back(toJson(annotation));
    Json line{{"key", result.key},
              {"name", result.image.fileName},
              {"width", result.image.size.width},
              {"height", result.image.size.height}};
    if (!result.image.foreign.empty())
        line["foreign"] = result.image.foreign;
    if (result.madeAt)
        line["made"] = static_cast<std::int64_t>( // for this machine alone
            result.madeAt->time_since_epoch().count());
    line["annotations"] = std::move(annotations);
    try {
        return line.dump();
    } catch (const Json::type_error &) {
        throw core::Error(core::ErrorKind::BadDataset,
                          "The name \"" + result.image.fileName +
                              "\" is not UTF-8 text and cannot be written; rename the picture.");
    }
}

std::optional<PictureResult> resultFrom(std::string_view line)
{
    try {
        const Json json = Json::parse(line);
        PictureResult result;
        result.key = json.at("key").get<std::string>();
        result.image.fileName = json.at("name").get<std::string>();
        result.image.size = {json.at("width").get<int>(), json.at("height").get<int>()};
        result.image.foreign = json.value("foreign", std::string());
        if (json.contains("made"))
            result.madeAt = std::filesystem::file_time_type(
                std::filesystem::file_time_type::duration(json["made"].get<std::int64_t>()));
        for (const Json &annotation : json.at("annotations"))
            result.annotations.push_back(annotationFrom(annotation, result.image.size));
        return result;
    } catch (const Json::exception &) {
        return std::nullopt;
    } catch (const core::Error &) {
        return std::nullopt;
    }
}

} // namespace exporters
