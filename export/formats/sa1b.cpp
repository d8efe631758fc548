// SPDX-License-Identifier: Apache-2.0
#include "export/formats/sa1b.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/entry.h"
#include "export/files/output_folder.h"
#include "export/formats/coco/coco_annotation.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_fields.h"
#include "export/json/json_folder.h"
#include "export/json/json_glimpse.h"
#include "export/json/json_list_writer.h"
#include "export/json/json_source.h"
#include "export/records/free_ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace exporters
{
namespace
{

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;

void continueUnless(const std::stop_token &stop, const char *words)
{
    if (stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled, words);
}

class Sa1bReader
{
public:
    explicit Sa1bReader(std::stop_token stop) : m_stop(std::move(stop))
    {
        m_result.dataset.categories.push_back({1, "object", "", 0});
    }

    /// Throws for what is no such file as a whole.
    void read(const std::filesystem::path &file)
    {
        JsonSource source(file, m_stop);
        std::optional<core::ImageRecord> image;
        std::optional<std::uint64_t> annotations;
        while (!source.isList()) {
            const std::optional<std::string> key = source.nextKey();
            if (!key)
                break;
            if (*key == "image") {
                image = readImage(file, source.value());
                continue;
            }
            if (*key == "annotations")
                annotations = source.position();
            source.skip();
        }
        if (!image || !annotations)
            throw core::Error(core::ErrorKind::BadDataset,
                              file.string() + " has no \"image\" and \"annotations\", as SA-1B's "
                                              "files have.");
        source.openListAt(*annotations, "annotations");
        while (const std::optional<JsonPiece> element = source.nextElement())
            addAnnotation(file, image->size, source.index(), *element);
        m_result.dataset.images.push_back(std::move(*image));
    }

    void leaveOut(const std::filesystem::path &file, const core::Error &error)
    {
        const auto next = core::Id(m_result.dataset.images.size());
        std::erase_if(m_result.dataset.annotations,
                      [&](const core::Annotation &one) { return one.imageId == next; });
        m_result.findings.add({Severity::Error, "file", file.string(), "", error.what()});
    }

    ReadResult finish()
    {
        core::Dataset &dataset = m_result.dataset;
        giveFreeIds(dataset.images);
        giveFreeIds(dataset.annotations);
        for (core::Annotation &annotation : dataset.annotations)
            annotation.imageId = dataset.images[std::size_t(annotation.imageId)].id;
        return std::move(m_result);
    }

private:
    static core::ImageRecord readImage(const std::filesystem::path &file, const JsonPiece &piece)
    {
        const Json element = parseJson(file, piece);
        const JsonFields fields(element, file.string() + ": image");
        core::ImageRecord image;
        image.size = fields.size("width", "height");
        image.fileName = fields.text("file_name");
        std::ranges::replace(image.fileName, '\\', '/');
        image.id = fields.find("image_id") != nullptr ? fields.id("image_id") : 0;
        image.foreign = foreignKeysIn(piece.text, {"image_id", "width", "height", "file_name"});
        return image;
    }

    /// Of the image that comes next; it is numbered from 0 until all are known.
    void addAnnotation(const std::filesystem::path &file, core::Size imageSize, std::size_t index,
                       const JsonPiece &piece)
    {
        std::string place = cocoPlace("annotations", index, {});
        try {
            const Json element = parseJson(file, piece);
            place = cocoPlace("annotations", index, element);
            const JsonFields fields(element, place);
            core::Annotation annotation;
            annotation.id = fields.find("id") != nullptr ? fields.id("id") : 0;
            annotation.imageId = core::Id(m_result.dataset.images.size());
            annotation.categoryId = 1;
            const Json *shape = fields.find("segmentation");
            if (shape == nullptr)
                fields.refuse("has no \"segmentation\"", "no-shape");
            annotation.mask = readCocoSegmentation(*shape, imageSize, fields);
            const Json *score = fields.find("predicted_iou");
            if (score != nullptr && score->is_number())
                annotation.score = score->get<double>();
            annotation.foreign =
                foreignKeysIn(piece.text, {"id", "segmentation", "bbox", "area", "predicted_iou"});
            m_result.dataset.annotations.push_back(std::move(annotation));
        } catch (const EntryError &error) {
            m_result.findings.add(findingOf(error, {file.string(), place}));
        }
    }

    std::stop_token m_stop;
    ReadResult m_result;
};

void writePicture(const std::filesystem::path &file, const core::ImageRecord &image,
                  const std::vector<core::Annotation> &annotations, WriteSummary &summary)
{
    JsonListWriter out(file);
    out.value("image",
              {{"image_id", image.id},
               {"width", image.size.width},
               {"height", image.size.height},
               {"file_name", image.fileName}},
              image.foreign);
    out.openList("annotations");
    for (const core::Annotation &annotation : annotations) {
        if (!annotation.hasMask() && annotation.box) {
            summary.lose("boxes without a mask were left out");
            continue;
        }
        const std::int64_t area = annotation.hasMask() ? core::area(annotation.mask) : 0;
        if (area == 0) {
            summary.lose("objects without a pixel were left out");
            continue;
        }
        const core::PixelRect box = core::boundingBox(annotation.mask);
        Ordered element{{"id", annotation.id},
                        {"segmentation", cocoRuns(annotation.mask, SegmentationForm::Rle)},
                        {"bbox", {box.x, box.y, box.width - 1, box.height - 1}},
                        {"area", area}};
        if (annotation.score)
            element["predicted_iou"] = *annotation.score;
        if (annotation.isCrowd)
            summary.lose("crowds became single objects");
        if (annotation.track != 0)
            summary.lose("tracks were left out");
        out.element(element, annotation.foreign);
        ++summary.annotations;
    }
    out.closeList();
    out.commit();
    ++summary.images;
}

std::string fileNameOf(const core::ImageRecord &image)
{
    const std::size_t dot = image.fileName.rfind('.');
    const std::size_t slash = image.fileName.rfind('/');
    const bool hasEnding =
        dot != image.fileName.npos && (slash == image.fileName.npos || dot > slash);
    return image.fileName.substr(0, hasEnding ? dot : image.fileName.npos) + ".json";
}

} // namespace

WriteSummary writeSa1bFile(const std::filesystem::path &file, const core::ImageRecord &image,
                           const std::vector<core::Annotation> &annotations)
{
    WriteSummary summary;
    writePicture(file, image, annotations, summary);
    return summary;
}

bool Sa1b::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(someJsonFile(input));
    return glimpse.hasKey("image", "width") && glimpse.hasKey("image", "file_name") &&
           glimpse.hasList("annotations");
}

ReadResult Sa1b::read(const std::filesystem::path &input, const ReadOptions &, std::stop_token stop,
                      const Progress &progress) const
{
    Sa1bReader reader(stop);
    readJsonFiles(
        input, stop, progress, [&](const auto &file) { reader.read(file); },
        [&](const auto &file, const auto &error) { reader.leaveOut(file, error); });
    return reader.finish();
}

WriteSummary Sa1b::write(AnnotationSource &source, const std::filesystem::path &target,
                         const WriteOptions &, std::stop_token stop, const Progress &progress) const
{
    WriteSummary summary;
    const std::vector<core::ImageRecord> images = source.images();
    const std::vector<core::Category> categories = source.categories();
    if (categories.size() > 1 || (categories.size() == 1 && categories[0].name != "object"))
        summary.lose("categories were left out", categories.size());
    if (images.size() == 1 && target.extension() == ".json") {
        continueUnless(stop, "The export was stopped; nothing was written.");
        writePicture(target, images[0], source.annotations(images[0].id), summary);
        return summary;
    }
    OutputFolder out(target);
    for (const core::ImageRecord &image : images) {
        continueUnless(stop, "The export was stopped; nothing was written.");
        const std::string name = fileNameOf(image);
        if (out.has(name))
            throw core::Error(core::ErrorKind::BadDataset, "Two pictures would be written as \"" +
                                                               name + "\"; rename one of them.");
        writePicture(out.file(name), image, source.annotations(image.id), summary);
        if (progress)
            progress(double(summary.images) / double(images.size()));
    }
    out.commit();
    return summary;
}

} // namespace exporters
