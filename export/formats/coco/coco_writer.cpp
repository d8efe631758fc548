// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_writer.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/formats/coco/coco_box.h"
#include "export/formats/coco/coco_polygons.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_list_writer.h"
#include "export/json/json_text.h"
#include "export/outlines/outline_cost.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json; // people read these files, too: keep the usual order of keys

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset,
                      "The annotations cannot be exported: " + why + ".");
}

/// Ids of one kind, each 1 or more (COCO's own evaluation takes id 0 for "no match") and seen once.
class Ids
{
public:
    explicit Ids(const char *kind) : m_kind(kind) {}
    void add(core::Id id)
    {
        if (id < 1)
            refuse(text(id) + " is below 1");
        if (!m_seen.insert(id).second)
            refuse(text(id) + " is used twice");
    }
    void require(core::Id id) const
    {
        if (!m_seen.contains(id))
            refuse(text(id) + " is missing");
    }

private:
    std::string text(core::Id id) const { return m_kind + (" id " + std::to_string(id)); }
    std::string m_kind;
    std::unordered_set<core::Id> m_seen;
};

/// Numbers that are whole look so.
Json number(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    return value;
}

Json toJson(const core::Category &category, bool withKind)
{
    Json json{
        {"id", category.id}, {"name", category.name}, {"supercategory", category.supercategory}};
    if (withKind)
        json["isthing"] = category.isThing ? 1 : 0;
    return json;
}

Json toJson(const core::ImageRecord &image)
{
    Json json{{"id", image.id},
              {"width", image.size.width},
              {"height", image.size.height},
              {"file_name", image.fileName}};
    return json;
}

void requireShapeOf(const core::ImageRecord &image, const core::Annotation &annotation)
{
    if (annotation.imageId != image.id)
        refuse("annotation id " + std::to_string(annotation.id) + " belongs to another image");
    if (!annotation.hasMask())
        return;
    if (annotation.mask.size != image.size)
        refuse("the mask of annotation id " + std::to_string(annotation.id) +
               " does not have the size of its image " + image.fileName);
    core::validate(annotation.mask);
}

class AnnotationWriter
{
public:
    AnnotationWriter(const WriteOptions &options, WriteSummary &summary)
        : m_options(options), m_summary(summary)
    {
    }

    /// The annotation of an image; nothing where it has no shape.
    std::optional<Json> toJson(const core::Annotation &annotation)
    {
        if (!annotation.hasMask() && annotation.box)
            return withShape(annotation, Json::array(), cocoFromBox(*annotation.box), {});
        if (!annotation.hasMask() || core::area(annotation.mask) == 0) {
            m_summary.lose("objects without a pixel were left out");
            return {};
        }
        if (m_options.segmentation != SegmentationForm::Polygon)
            return withMask(annotation, cocoRuns(annotation.mask, m_options.segmentation),
                            annotation.mask);
        const CocoPolygons polygons = cocoPolygons(annotation.mask, m_options.simplify);
        if (polygons.areHolesFilled)
            m_summary.lose("holes were filled");
        m_cost.add(polygons.iou);
        return withMask(annotation, exporters::toJson(polygons.rings), polygons.mask);
    }

    void finish() { m_cost.tell(m_summary); }

private:
    /// `mask`: what the segmentation says, on which area and box are measured.
    static Json withMask(const core::Annotation &annotation, Json segmentation,
                         const core::Rle &mask)
    {
        const core::PixelRect box = core::boundingBox(mask);
        return withShape(annotation, std::move(segmentation),
                         {double(box.x), double(box.y), double(box.width), double(box.height)},
                         core::area(mask));
    }

    static Json withShape(const core::Annotation &annotation, Json segmentation,
                          const std::array<double, 4> &box, std::optional<std::int64_t> area)
    {
        Json json{
            {"id", annotation.id},
            {"image_id", annotation.imageId},
            {"category_id", annotation.categoryId},
            {"segmentation", std::move(segmentation)},
            {"area", area ? Json(*area) : number(box[2] * box[3])},
            {"bbox", Json::array({number(box[0]), number(box[1]), number(box[2]), number(box[3])})},
            {"iscrowd", annotation.isCrowd ? 1 : 0}};
        if (annotation.score)
            json["score"] = *annotation.score;
        if (annotation.track != 0)
            json["track_id"] = annotation.track;
        return json;
    }

    const WriteOptions &m_options;
    WriteSummary &m_summary;
    OutlineCost m_cost;
};

/// What the source brings along for the whole file. Ours stand only where it has none.
void writeHead(JsonListWriter &out, const core::ForeignKeys &foreign)
{
    const std::vector<JsonMember> kept =
        Json::accept(foreign) ? jsonMembers(foreign) : std::vector<JsonMember>();
    const auto rawOr = [&](const char *key, const Json &ours) {
        const auto found = std::ranges::find(kept, key, &JsonMember::key);
        if (found != kept.end())
            out.rawValue(key, found->value);
        else
            out.value(key, ours);
    };
    rawOr("info",
          {{"description", "Made with Maskwright " MASKWRIGHT_VERSION}, {"version", "1.0"}});
    rawOr("licenses", Json::array());
    const core::ForeignKeys others = foreignKeysIn(
        kept.empty() ? "" : foreign, {"info", "licenses", "images", "categories", "annotations"});
    for (const JsonMember &member : jsonMembers(others))
        out.rawValue(Json::parse('"' + std::string(member.key) + '"').get<std::string>(),
                     member.value);
}

void continueUnless(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled,
                          "The export was stopped; nothing was written.");
}

} // namespace

WriteSummary writeCoco(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop, const Progress &progress)
{
    JsonListWriter out(target);
    writeHead(out, source.foreign());

    Ids categoryIds("category");
    const std::vector<core::Category> categories = source.categories();
    const bool withKind = !std::ranges::all_of(categories, &core::Category::isThing);
    out.openList("categories");
    for (const core::Category &category : categories) {
        categoryIds.add(category.id);
        out.element(toJson(category, withKind), category.foreign);
    }
    out.closeList();

    Ids imageIds("image");
    const std::vector<core::ImageRecord> images = source.images();
    out.openList("images");
    for (const core::ImageRecord &image : images) {
        imageIds.add(image.id);
        out.element(toJson(image), image.foreign);
    }
    out.closeList();

    WriteSummary summary;
    AnnotationWriter writer(options, summary);
    Ids annotationIds("annotation");
    out.openList("annotations");
    for (const core::ImageRecord &image : images) {
        for (const core::Annotation &annotation : source.annotations(image.id)) {
            continueUnless(stop);
            requireShapeOf(image, annotation);
            const std::optional<Json> json = writer.toJson(annotation);
            if (!json)
                continue;
            annotationIds.add(annotation.id);
            categoryIds.require(annotation.categoryId);
            out.element(*json, annotation.foreign);
            ++summary.annotations;
        }
        ++summary.images;
        if (progress)
            progress(double(summary.images) / double(images.size()));
    }
    out.closeList();
    continueUnless(stop);
    out.commit();
    writer.finish();
    return summary;
}

} // namespace exporters
