// SPDX-License-Identifier: Apache-2.0
#include "export/detection_reader.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/entry.h"
#include "export/files/picture_names.h"
#include "export/files/picture_size.h"
#include "export/formats/coco/coco_box.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/foreign_keys.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

/// A picture as the file speaks of it.
struct Target {
    const core::ImageRecord *image = nullptr; ///< null: not asked for
    std::string name;                         ///< for people
    core::Size said;                          ///< by the file; {0, 0}: nothing
    core::Size size;                          ///< known; {0, 0}: not
    bool isLookedUp = false;                  ///< size
    bool wasMissed = false;                   ///< told already
};

core::Box clipped(const core::Box &box, core::Size size)
{
    return {std::max(box.x0, -0.5), std::max(box.y0, -0.5), std::min(box.x1, size.width - 0.5),
            std::min(box.y1, size.height - 0.5)};
}

class DetectionReader
{
public:
    DetectionReader(const std::filesystem::path &file, const DetectionPictures &pictures)
        : m_file(file), m_pictures(pictures), m_names(pictures.images)
    {
    }

    Detections read(const std::stop_token &stop, const ReadProgress &progress);

private:
    using Add = void (DetectionReader::*)(const JsonFields &fields);
    /// Calls `add` for an element; what it refuses is told, and reading goes on.
    JsonList list(const char *name, Add add);
    void addImage(const JsonFields &fields);
    void addCategory(const JsonFields &fields);
    void noteReference(const JsonFields &fields);
    void resolveReferences();
    void addDetection(const JsonFields &fields);

    Target &targetOf(const JsonFields &fields);
    std::string categoryOf(const JsonFields &fields) const;
    void noteCategory(const JsonFields &fields, const std::string &name);
    std::vector<core::Category> categories() const;
    core::Size sizeOf(Target &target) const;
    void readShape(Detection &detection, Target &target, const JsonFields &fields) const;

    const std::filesystem::path &m_file;
    const DetectionPictures &m_pictures;
    PictureNames m_names;
    std::unordered_map<core::Id, Target> m_targets; ///< by the file's ids
    std::unordered_map<std::string, Target> m_namedTargets;
    std::unordered_map<core::Id, std::string> m_categories; ///< by the file's ids
    std::vector<core::Id> m_categoryOrder;
    std::map<core::Id, std::string> m_usedCategories; ///< that no list names
    bool m_hasCategories = false;
    Detections m_found;
};

JsonList DetectionReader::list(const char *name, Add add)
{
    const auto placeOf = [name](std::size_t index) {
        return std::string(name) + "[" + std::to_string(index) + "]";
    };
    const auto tell = [this, placeOf](std::size_t index, const EntryError &error) {
        m_found.findings.add(findingOf(error, {m_file.string(), placeOf(index)}));
    };
    const auto take = [this, placeOf, tell, add](std::size_t index, const Json &element) {
        try {
            (this->*add)(JsonFields(element, placeOf(index)));
        } catch (const EntryError &error) {
            tell(index, error);
        }
        if (m_found.detections.size() > Detections::mostDetections)
            throw core::Error(core::ErrorKind::BadDataset,
                              m_file.string() + " has more than " +
                                  std::to_string(Detections::mostDetections) +
                                  " detections; leave out those of low score.");
    };
    return {name, take, tell};
}

void DetectionReader::addImage(const JsonFields &fields)
{
    Target target;
    target.name = fields.text("file_name");
    std::replace(target.name.begin(), target.name.end(), '\\', '/');
    if (fields.find("width") || fields.find("height"))
        target.said = fields.size("width", "height");
    target.image = m_names.find(target.name);
    const core::Id id = fields.id("id");
    const bool isAmbiguous = m_names.isAmbiguous(target.name);
    const std::string name = target.name;
    if (!m_targets.emplace(id, std::move(target)).second)
        fields.refuse("has an id that another image has, too");
    if (isAmbiguous)
        fields.refuse("names \"" + name + "\", and several pictures here are called so");
}

void DetectionReader::addCategory(const JsonFields &fields)
{
    m_hasCategories = true;
    const core::Id id = fields.id("id");
    if (m_categories.insert_or_assign(id, fields.text("name")).second)
        m_categoryOrder.push_back(id);
}

/// First pass over results: which pictures they speak of.
void DetectionReader::noteReference(const JsonFields &fields)
{
    const Json *reference = fields.find("image_id");
    if (reference && reference->is_number())
        m_targets.emplace(fields.id("image_id"), Target{});
}

void DetectionReader::resolveReferences()
{
    std::size_t asIds = 0, asNumbers = 0;
    for (const auto &[id, target] : m_targets) {
        asIds += m_names.byId(id) != nullptr;
        asNumbers += m_names.byNumber(id) != nullptr;
    }
    for (auto &[id, target] : m_targets) {
        target.image = asNumbers > asIds ? m_names.byNumber(id) : m_names.byId(id);
        target.name = "image_id " + std::to_string(id);
    }
}

Target &DetectionReader::targetOf(const JsonFields &fields)
{
    if (const Json *reference = fields.find("image_id"); reference && reference->is_string()) {
        std::string name = fields.text("image_id");
        std::ranges::replace(name, '\\', '/');
        const auto [place, isNew] = m_namedTargets.emplace(name, Target{});
        if (isNew) {
            place->second.image = m_names.find(name);
            place->second.name = name;
        }
        return place->second;
    }
    const core::Id id = fields.id("image_id");
    const auto place = m_targets.find(id);
    if (place == m_targets.end())
        fields.refuse("names image " + std::to_string(id) + ", which the file does not have");
    return place->second;
}

std::string DetectionReader::categoryOf(const JsonFields &fields) const
{
    if (!fields.find("category_id"))
        return "object";
    const core::Id id = fields.id("category_id");
    if (const auto named = m_categories.find(id);
        named != m_categories.end() && !named->second.empty())
        return named->second;
    if (!m_hasCategories) {
        const auto known = std::ranges::find(m_pictures.categories, id, &core::Category::id);
        if (known != m_pictures.categories.end())
            return known->name;
    }
    return "category " + std::to_string(id);
}

void DetectionReader::noteCategory(const JsonFields &fields, const std::string &name)
{
    const core::Id id = fields.find("category_id") ? fields.id("category_id") : 1;
    if (!m_categories.contains(id) || m_categories.at(id).empty())
        m_usedCategories.emplace(id, name);
}

/// One of each name. Ids that are 0, or taken, become the next free ones.
std::vector<core::Category> DetectionReader::categories() const
{
    std::vector<core::Category> all;
    const auto add = [&all](core::Id id, const std::string &name) {
        if (!name.empty() && std::ranges::find(all, name, &core::Category::name) == all.end())
            all.push_back({id, name, "", 0});
    };
    for (const core::Id id : m_categoryOrder)
        add(id, m_categories.at(id));
    for (const auto &[id, name] : m_usedCategories)
        add(id, name);
    core::Id largest = 0;
    std::unordered_set<core::Id> taken;
    for (core::Category &category : all) {
        largest = std::max(largest, category.id);
        if (category.id < 1 || !taken.insert(category.id).second)
            category.id = 0;
    }
    for (core::Category &category : all)
        category.id = category.id == 0 ? ++largest : category.id;
    return all;
}

core::Size DetectionReader::sizeOf(Target &target) const
{
    if (std::exchange(target.isLookedUp, true))
        return target.size;
    target.size = target.image->size;
    if (target.size.isEmpty() && m_pictures.sizeOf)
        target.size = m_pictures.sizeOf(*target.image);
    if (target.size.isEmpty())
        target.size = target.said;
    return target.size;
}

void DetectionReader::readShape(Detection &detection, Target &target,
                                const JsonFields &fields) const
{
    const core::Size known = sizeOf(target);
    if (!target.said.isEmpty() && target.said != known)
        fields.refuse("is in \"" + target.name + "\", which has " + sizeText(target.said) +
                      " pixels there and " + sizeText(known) + " here");
    const Json *segmentation = fields.find("segmentation");
    if (segmentation && !segmentation->empty()) {
        const bool isRuns = segmentation->is_object();
        const core::Size size =
            known.isEmpty() && isRuns ? sizeInRuns(*segmentation, fields) : known;
        if (size.isEmpty())
            fields.refuse("has polygons, but the size of its picture is not known");
        detection.mask = readCocoSegmentation(*segmentation, size, fields);
        if (core::area(detection.mask) == 0)
            fields.refuse("has a mask without pixels");
        const core::PixelRect rect = core::boundingBox(detection.mask);
        detection.box = boxFromCoco(rect.x, rect.y, rect.width, rect.height);
        return;
    }
    const Json *box = fields.find("bbox");
    if (!box || box->empty())
        fields.refuse("has neither \"bbox\" nor \"segmentation\"");
    const std::vector<double> xywh = fields.numbers(*box, "\"bbox\"");
    if (!isCocoBox(xywh))
        fields.refuse("has a \"bbox\" that is not [x, y, width, height]");
    detection.box = boxFromCoco(xywh[0], xywh[1], xywh[2], xywh[3]);
    if (!known.isEmpty())
        detection.box = clipped(detection.box, known);
    if (!(detection.box.width() > 0) || !(detection.box.height() > 0))
        fields.refuse("has a \"bbox\" outside of its picture");
}

void DetectionReader::addDetection(const JsonFields &fields)
{
    Target &target = targetOf(fields);
    if (!target.image) {
        ++m_found.elsewhere;
        if (!std::exchange(target.wasMissed, true) && m_found.missing.size() < Detections::mostTold)
            m_found.missing.push_back(target.name);
        return;
    }
    Detection detection;
    detection.imageId = target.image->id;
    detection.category = categoryOf(fields);
    noteCategory(fields, detection.category);
    if (m_pictures.isWanted && !m_pictures.isWanted(*target.image))
        return;
    if (const Json *score = fields.find("score")) {
        if (!score->is_number() || !std::isfinite(score->get<double>()))
            fields.refuse("has a \"score\" that is no number");
        detection.score = score->get<double>();
        detection.isScored = true;
    }
    readShape(detection, target, fields);
    if (const Json *crowd = fields.find("iscrowd"))
        detection.isCrowd = *crowd == 1 || *crowd == true;
    detection.foreign =
        foreignKeysOf(fields.element(), {"id", "image_id", "category_id", "segmentation", "bbox",
                                         "area", "score", "iscrowd"});
    m_found.detections.push_back(std::move(detection));
}

Detections DetectionReader::read(const std::stop_token &stop, const ReadProgress &progress)
{
    // The lists come in any order, and numbers are understood by looking at all of them: two
    // passes.
    const std::vector<JsonList> tables{
        list("", &DetectionReader::noteReference),
        list("images", &DetectionReader::addImage),
        list("categories", &DetectionReader::addCategory),
        {"annotations", {}},
    };
    const std::vector<JsonList> detections{list("", &DetectionReader::addDetection),
                                           list("annotations", &DetectionReader::addDetection)};
    const auto half = [&](double first) -> ReadProgress {
        return [&progress, first](double share) {
            if (progress)
                progress(first + share / 2);
        };
    };
    const std::vector<std::string> found = readJsonLists(m_file, tables, stop, half(0));
    const bool isResults = std::ranges::find(found, "") != found.end();
    if (isResults) {
        m_found = {}; // what is wrong is told in the second pass
        resolveReferences();
    } else if (std::ranges::find(found, "annotations") == found.end() ||
               std::ranges::find(found, "images") == found.end()) {
        throw core::Error(core::ErrorKind::BadDataset,
                          m_file.string() + " is neither a list of COCO results nor a COCO dataset "
                                            "with \"images\" and \"annotations\".");
    }
    readJsonLists(m_file, detections, stop, half(0.5));
    m_found.categories = categories();
    return std::move(m_found);
}

} // namespace

Detections readDetections(const std::filesystem::path &file, const DetectionPictures &pictures,
                          std::stop_token stop, const ReadProgress &progress)
{
    return DetectionReader(file, pictures).read(stop, progress);
}

} // namespace exporters
