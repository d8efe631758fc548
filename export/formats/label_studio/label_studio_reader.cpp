// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio/label_studio_reader.h"

#include "core/error.h"
#include "export/entry.h"
#include "export/files/picture_size.h"
#include "export/formats/label_studio/label_studio_choice.h"
#include "export/formats/label_studio/label_studio_picture.h"
#include "export/formats/label_studio/label_studio_region.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_lists.h"
#include "export/records/image_ids.h"
#include "export/records/named_categories.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

/// A region of a task, gathered from all results of its id.
struct Draft {
    std::string place;
    std::optional<Region> region;
    std::vector<std::string> labels;
    std::optional<double> score;
    core::ForeignKeys foreign;
};

/// The labels of a result: "brushlabels": ["cat"] in the value of one of that type.
std::vector<std::string> labelsOf(const Json &value, const std::string &type)
{
    std::vector<std::string> labels;
    const auto list = value.find(type);
    if (!type.ends_with("labels") || list == value.end() || !list->is_array())
        return labels;
    for (const Json &label : *list) {
        if (label.is_string())
            labels.push_back(label.get<std::string>());
    }
    return labels;
}

bool saysSize(const Json &result)
{
    const auto width = result.find("original_width");
    return width != result.end() && width->is_number();
}

class LabelStudioReader
{
public:
    LabelStudioReader(const std::filesystem::path &file, const ReadOptions &options)
        : m_file(file), m_options(options), m_where{file.string(), ""}
    {
    }

    ReadResult read(const std::stop_token &stop, const Progress &progress);

private:
    void addTask(std::size_t index, const Json &task);
    const Json *chosenResults(const Json &task);
    core::Size sizeOf(const Json *results, const LabelStudioPicture &picture);
    std::vector<Draft> draftsOf(const Json &results, core::Size size);
    void addResult(const Json &result, core::Size size, std::vector<Draft> &drafts,
                   std::map<std::string, std::size_t> &byId);
    void addObject(Draft &draft);
    void warn(const char *rule, const std::string &place, const std::string &sentence)
    {
        m_findings.add({Severity::Warning, rule, m_file.string(), place, sentence});
    }
    void nameImages();

    std::filesystem::path m_file;
    const ReadOptions &m_options;
    core::Dataset m_dataset;
    Findings m_findings;
    NamedCategories m_categories;
    std::vector<LabelStudioPicture> m_pictures;       ///< of the images
    std::map<std::string, std::size_t> m_withoutArea; ///< how many results by type
    EntryPlace m_where;                               ///< of the task, or of the result in it
};

/// The results of the annotation that counts; null: there is none.
const Json *LabelStudioReader::chosenResults(const Json &task)
{
    const LabelStudioChoice choice = chooseAnnotation(task);
    if (choice.count > 1)
        warn("several-annotations", m_where.place,
             "it was annotated " + std::to_string(choice.count) + " times; " +
                 (choice.isGroundTruth ? "the ground truth" : "the first one") + " was taken.");
    if (choice.count == 0 && choice.hasPredictions)
        warn("predictions", m_where.place, "it has predictions alone, which were not read.");
    return choice.results;
}

/// As the first result says that does, else the picture itself; {0, 0}: nobody knows.
core::Size LabelStudioReader::sizeOf(const Json *results, const LabelStudioPicture &picture)
{
    for (std::size_t i = 0; results != nullptr && i < results->size(); ++i) {
        const Json &result = (*results)[i];
        if (!saysSize(result))
            continue;
        return JsonFields(result, m_where.place + ": result[" + std::to_string(i) + "]")
            .size("original_width", "original_height");
    }
    const core::Size size = pictureSize(picture.brief, std::array{m_options.imageFolder});
    return size.isEmpty() ? pictureSize(picture.full, std::array{m_options.imageFolder}) : size;
}

void LabelStudioReader::addResult(const Json &result, core::Size size, std::vector<Draft> &drafts,
                                  std::map<std::string, std::size_t> &byId)
{
    const std::string place = m_where.place;
    const JsonFields fields(result, place);
    const std::string type = fields.textOr("type", "");
    const Json *value = fields.find("value");
    if (value == nullptr || !value->is_object()) {
        ++m_withoutArea[type];
        return;
    }
    if (saysSize(result) && fields.size("original_width", "original_height") != size)
        fields.refuse("has another \"original_width\" and \"original_height\" than the results "
                      "before it");
    if (const Json *turned = fields.find("image_rotation");
        turned != nullptr && turned->is_number() && std::fmod(turned->get<double>(), 360) != 0)
        warn("image-rotation", place,
             "it was drawn on a turned picture and may lie elsewhere on the upright one.");
    std::string id = fields.find("id") != nullptr ? fields.find("id")->dump() : std::string();
    auto known = id.empty() ? byId.end() : byId.find(id);
    if (known == byId.end()) {
        std::optional<Region> region = readLabelStudioRegion(JsonFields(*value, place), size);
        if (!region) {
            ++m_withoutArea[type];
            return;
        }
        if (id.empty())
            id = "#" + std::to_string(drafts.size());
        known = byId.emplace(id, drafts.size()).first;
        drafts.push_back({place, std::move(region), {}, {}, {}});
    }
    Draft &draft = drafts[known->second];
    for (const std::string &label : labelsOf(*value, type))
        draft.labels.push_back(label);
    if (const Json *score = fields.find("score"); score != nullptr && score->is_number())
        draft.score = score->get<double>();
    // What was said of the region beside its shape: texts, choices, ratings.
    nlohmann::ordered_json keys = foreignKeys(draft.foreign);
    for (const core::ForeignKeys &more :
         {foreignKeysOf(result,
                        {"id", "type", "value", "score", "original_width", "original_height",
                         "image_rotation", "from_name", "to_name", "origin"}),
          foreignKeysOf(*value, {"x", "y", "width", "height", "rotation", "points", "closed", "rle",
                                 "format", "radiusX", "radiusY", type})})
        keys.update(foreignKeys(more));
    draft.foreign = keys.empty() ? core::ForeignKeys() : keys.dump();
}

std::vector<Draft> LabelStudioReader::draftsOf(const Json &results, core::Size size)
{
    std::vector<Draft> drafts;
    std::map<std::string, std::size_t> byId;
    const std::string task = m_where.place;
    for (std::size_t i = 0; i < results.size(); ++i) {
        m_where.place = task + ".result[" + std::to_string(i) + "]";
        takeEntry(m_findings, m_where, [&] { addResult(results[i], size, drafts, byId); });
    }
    m_where.place = task;
    return drafts;
}

void LabelStudioReader::addObject(Draft &draft)
{
    if (draft.labels.empty()) {
        warn("no-label", draft.place, "it has no label and was called \"object\".");
        draft.labels.emplace_back("object");
    }
    if (draft.labels.size() > 1) {
        warn("several-labels", draft.place,
             "it has " + std::to_string(draft.labels.size()) + " labels; the first one counts.");
        setForeignKey(draft.foreign, "labels", draft.labels);
    }
    core::Annotation annotation;
    annotation.id = static_cast<core::Id>(m_dataset.annotations.size()) + 1;
    annotation.imageId = static_cast<core::Id>(m_dataset.images.size()); // its place, to come
    annotation.categoryId = m_categories.idOf(draft.labels.front());
    annotation.mask = std::move(draft.region->mask);
    annotation.box = draft.region->box;
    annotation.score = draft.score;
    annotation.foreign = std::move(draft.foreign);
    m_dataset.annotations.push_back(std::move(annotation));
}

void LabelStudioReader::addTask(std::size_t index, const Json &task)
{
    const JsonFields fields(task, m_where.place);
    core::ImageRecord image;
    if (const Json *id = fields.find("id"); id != nullptr && id->is_number_unsigned()) {
        image.id = fields.id("id");
        m_where.place += " (id " + std::to_string(image.id) + ")";
    }
    if (!task.contains("annotations") && !task.contains("completions") &&
        !task.contains("predictions"))
        fields.refuse("has no annotations; export as JSON, not as JSON-MIN");
    LabelStudioPicture picture = labelStudioPicture(task);
    if (picture.brief.empty())
        picture.brief = picture.full = "task-" + std::to_string(index + 1);
    const Json *results = chosenResults(task);
    image.size = sizeOf(results, picture);
    if (image.size.isEmpty()) {
        warn("no-size", m_where.place,
             "it has no region, and its picture \"" + picture.brief +
                 "\" is not there to tell its size; it was left out.");
        return;
    }
    if (const Json *data = fields.find("data"); data != nullptr && data->is_object()) {
        nlohmann::ordered_json keys = foreignKeys(foreignKeysOf(*data, {picture.key}));
        image.foreign = keys.empty() ? core::ForeignKeys() : keys.dump();
    }
    if (results != nullptr) {
        for (Draft &draft : draftsOf(*results, image.size))
            addObject(draft);
    }
    m_pictures.push_back(std::move(picture));
    m_dataset.images.push_back(std::move(image));
}

/// Brief names where these tell the images apart.
void LabelStudioReader::nameImages()
{
    std::unordered_map<std::string, std::size_t> uses;
    for (const LabelStudioPicture &picture : m_pictures)
        ++uses[picture.brief];
    for (std::size_t i = 0; i < m_pictures.size(); ++i)
        m_dataset.images[i].fileName =
            uses[m_pictures[i].brief] > 1 ? m_pictures[i].full : m_pictures[i].brief;
}

ReadResult LabelStudioReader::read(const std::stop_token &stop, const Progress &progress)
{
    const auto goTo = [this](std::size_t index) {
        m_where.place = "tasks[" + std::to_string(index) + "]";
    };
    const auto onTask = [&](std::size_t index, const Json &task) {
        goTo(index);
        takeEntry(m_findings, m_where, [&] { addTask(index, task); });
    };
    const auto onBroken = [&](std::size_t index, const EntryError &error) {
        goTo(index);
        m_findings.add(findingOf(error, m_where));
    };
    const std::vector<JsonList> lists{{"", onTask, onBroken}};
    const std::vector<std::string> found = readJsonLists(m_file, lists, stop, progress);
    if (found.empty())
        throw core::Error(core::ErrorKind::BadDataset,
                          m_file.string() + " is no list of Label Studio's tasks.");
    for (const auto &[type, count] : m_withoutArea)
        warn("no-area", "",
             std::to_string(count) + " results of the type \"" + type.substr(0, 40) +
                 "\" cover no pixels and were left out.");
    nameImages();
    giveMissingIds(m_dataset);
    m_dataset.categories = m_categories.take();
    return {std::move(m_dataset), std::move(m_findings)};
}

} // namespace

ReadResult readLabelStudio(const std::filesystem::path &file, const ReadOptions &options,
                           std::stop_token stop, const Progress &progress)
{
    return LabelStudioReader(file, options).read(stop, progress);
}

} // namespace exporters
