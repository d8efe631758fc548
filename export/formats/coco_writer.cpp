// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco_writer.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"
#include "export/json_list_writer.h"

#include <nlohmann/json.hpp>

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

Json toJson(const core::Category &category)
{
    return {
        {"id", category.id}, {"name", category.name}, {"supercategory", category.supercategory}};
}

Json toJson(const core::ImageRecord &image)
{
    return {{"id", image.id},
            {"width", image.size.width},
            {"height", image.size.height},
            {"file_name", image.fileName}};
}

Json toJson(const core::Annotation &annotation, std::int64_t area, bool compressRuns)
{
    const core::Rle &mask = annotation.mask;
    const core::PixelRect box = core::boundingBox(mask);
    Json segmentation{{"size", {mask.size.height, mask.size.width}}};
    if (compressRuns)
        segmentation["counts"] = core::toString(mask);
    else
        segmentation["counts"] = mask.counts;
    return {{"id", annotation.id},
            {"image_id", annotation.imageId},
            {"category_id", annotation.categoryId},
            {"segmentation", std::move(segmentation)},
            {"area", area},
            {"bbox", {box.x, box.y, box.width, box.height}},
            {"iscrowd", annotation.isCrowd ? 1 : 0}};
}

void requireMaskOf(const core::ImageRecord &image, const core::Annotation &annotation)
{
    if (annotation.imageId != image.id)
        refuse("annotation id " + std::to_string(annotation.id) + " belongs to another image");
    if (annotation.mask.size != image.size)
        refuse("the mask of annotation id " + std::to_string(annotation.id) +
               " does not have the size of its image " + image.fileName);
    core::validate(annotation.mask);
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
    out.value("info",
              {{"description", "Made with Maskwright " MASKWRIGHT_VERSION}, {"version", "1.0"}});
    out.openList("licenses");
    out.closeList();

    Ids categories("category");
    out.openList("categories");
    for (const core::Category &category : source.categories()) {
        categories.add(category.id);
        out.element(toJson(category));
    }
    out.closeList();

    Ids imageIds("image");
    const std::vector<core::ImageRecord> images = source.images();
    out.openList("images");
    for (const core::ImageRecord &image : images) {
        imageIds.add(image.id);
        out.element(toJson(image));
    }
    out.closeList();

    WriteSummary summary;
    Ids annotationIds("annotation");
    out.openList("annotations");
    for (const core::ImageRecord &image : images) {
        for (const core::Annotation &annotation : source.annotations(image.id)) {
            continueUnless(stop);
            requireMaskOf(image, annotation);
            const std::int64_t area = core::area(annotation.mask);
            if (area == 0) {
                summary.lose("objects without a pixel were left out");
                continue;
            }
            annotationIds.add(annotation.id);
            categories.require(annotation.categoryId);
            out.element(toJson(annotation, area, options.segmentation == SegmentationForm::Rle));
            ++summary.annotations;
        }
        ++summary.images;
        if (progress)
            progress(double(summary.images) / double(images.size()));
    }
    out.closeList();
    continueUnless(stop);
    out.commit();
    return summary;
}

} // namespace exporters
