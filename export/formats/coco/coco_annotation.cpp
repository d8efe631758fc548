// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_annotation.h"

#include "export/entry.h"
#include "export/formats/coco/coco_box.h"
#include "export/formats/coco/coco_quick_segmentation.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

bool hasShape(std::string_view segmentation)
{
    const std::size_t inner = segmentation.empty() ? 0 : skipJsonSpace(segmentation, 1);
    const bool isEmpty = inner < segmentation.size() &&
                         (segmentation.substr(inner) == "]" || segmentation.substr(inner) == "}");
    return !segmentation.empty() && segmentation != "null" && segmentation != "\"\"" && !isEmpty;
}

/// 0 when there is none that can be used.
core::Id usableId(const JsonFields &fields)
{
    try {
        return fields.id("id");
    } catch (const EntryError &) {
        return 0;
    }
}

} // namespace

std::string cocoPlace(const char *list, std::size_t index, const Json &element)
{
    std::string place = list;
    place += "[" + std::to_string(index) + "]";
    const auto id = element.is_object() ? element.find("id") : element.end();
    if (id != element.end() && id->is_number_integer())
        place += " (id " + id->dump() + ")";
    return place;
}

void CocoAnnotationParser::warn(CocoAnnotation &result, const char *rule, const std::string &place,
                                const char *sentence) const
{
    result.findings.push_back({Severity::Warning, rule, m_file.string(), place, sentence});
}

void CocoAnnotationParser::readShape(CocoAnnotation &result, core::Size imageSize,
                                     const Json &element, const JsonPiece &segmentation,
                                     const std::string &place) const
{
    const JsonFields fields(element, place);
    core::Annotation &annotation = result.annotation;
    if (hasShape(segmentation.text)) {
        if (std::optional<core::Rle> mask = quickSegmentation(segmentation.text, imageSize)) {
            annotation.mask = std::move(*mask);
        } else {
            const Json parsed = parseJson(m_file, segmentation);
            annotation.mask = readCocoSegmentation(parsed, imageSize, fields);
            const auto counts = parsed.find("counts");
            if (counts != parsed.end() && counts->is_string() &&
                isPrintedBytes(counts->get_ref<const std::string &>()))
                warn(result, "rle-bytes", place,
                     "has run lengths as Python prints bytes, b'...'; they were understood.");
        }
        return;
    }
    const Json *box = fields.find("bbox");
    if (box == nullptr || box->empty())
        fields.refuse("has neither a \"segmentation\" nor a \"bbox\"", "no-shape");
    const std::vector<double> xywh = fields.numbers(*box, "\"bbox\"");
    if (!isCocoBox(xywh))
        fields.refuse("has a \"bbox\" that is not [x, y, width, height]", "bbox");
    annotation.mask.size = imageSize;
    annotation.box = boxFromCoco(xywh[0], xywh[1], xywh[2], xywh[3]);
}

void CocoAnnotationParser::readInto(CocoAnnotation &result, const Json &element,
                                    std::string_view text, const JsonPiece &segmentation,
                                    const std::string &place) const
{
    const JsonFields fields(element, place);
    core::Annotation &annotation = result.annotation;
    annotation.id = usableId(fields);
    if (annotation.id == 0) {
        warn(result, fields.find("id") && *fields.find("id") == 0 ? "id-zero" : "id-unusable",
             place, "has no id of 1 or more; it gets the next free one.");
    }
    annotation.imageId = fields.id("image_id");
    annotation.categoryId = fields.id("category_id");
    annotation.isCrowd = fields.flag("iscrowd");
    if (const Json *crowd = fields.find("iscrowd"); crowd != nullptr && crowd->is_boolean())
        warn(result, "iscrowd-bool", place,
             "has true or false as \"iscrowd\", where other programs want 0 or 1.");

    const auto image = m_imageSizes.find(annotation.imageId);
    if (image == m_imageSizes.end())
        fields.refuse("names image " + std::to_string(annotation.imageId) +
                          ", which the file does not have",
                      "image-unknown");
    if (!m_categoryIds.contains(annotation.categoryId))
        fields.refuse("names category " + std::to_string(annotation.categoryId) +
                          ", which the file does not have",
                      "category-unknown");
    readShape(result, image->second, element, segmentation, place);

    const Json *score = fields.find("score");
    const bool isScore = score != nullptr && score->is_number();
    if (isScore)
        annotation.score = score->get<double>();
    else if (score != nullptr)
        warn(result, "score", place, "has a \"score\" that is no number.");
    const Json *track = fields.find("track_id");
    const bool isTrack = track != nullptr && track->is_number_unsigned() &&
                         fields.integer(*track, "\"track_id\"") > 0;
    if (isTrack)
        annotation.track = track->get<core::Id>();
    annotation.foreign =
        foreignKeysIn(text, {"id", "image_id", "category_id", "segmentation", "area", "bbox",
                             "iscrowd", score == nullptr || isScore ? "score" : "id",
                             track == nullptr || isTrack ? "track_id" : "id"});
}

CocoAnnotation CocoAnnotationParser::parse(std::size_t index, const JsonPiece &piece) const
{
    // The segmentation is nearly all of the text: the rest becomes a JSON value without it.
    const std::vector<JsonMember> members =
        piece.isTooLarge ? std::vector<JsonMember>() : jsonMembers(piece.text);
    const auto isShape = [](const JsonMember &member) { return member.key == "segmentation"; };
    const auto found = std::ranges::find_if(members, isShape);
    const bool isSplit = found != members.end() && std::ranges::count_if(members, isShape) == 1;
    CocoAnnotation result;
    std::string place = cocoPlace("annotations", index, {});
    try {
        Json element;
        JsonPiece segmentation;
        if (isSplit) {
            const auto begin = static_cast<std::size_t>(found->value.data() - piece.text.data());
            segmentation = {found->value, piece.position + begin};
            std::string rest(piece.text.substr(0, begin));
            rest += "null";
            rest += piece.text.substr(begin + found->value.size());
            element = Json::parse(rest, nullptr, false);
        }
        if (!isSplit || element.is_discarded())
            element = parseJson(m_file, piece); // or says where it goes wrong
        place = cocoPlace("annotations", index, element);
        std::string shape; // of an element with two, of which the last one counts
        if (!isSplit && element.is_object() && element.contains("segmentation")) {
            shape = element["segmentation"].dump();
            segmentation = {shape, piece.position};
        }
        readInto(result, element, piece.text, segmentation, place);
        if (m_check)
            m_check({JsonFields(element, place), segmentation.text, result.annotation},
                    result.findings);
    } catch (const EntryError &error) {
        result.isLeftOut = true;
        result.findings.push_back(findingOf(error, {m_file.string(), place}));
    }
    return result;
}

} // namespace exporters
