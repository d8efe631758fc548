// SPDX-License-Identifier: Apache-2.0
#include "export/operations/finished_run.h"

#include "core/error.h"
#include "export/formats/coco/coco_reader.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_lists.h"
#include "export/json/json_top_level.h"

#include <nlohmann/json.hpp>

#include <unordered_map>

namespace exporters
{

FinishedRun::FinishedRun(std::filesystem::path target, const RunDescription &description)
    : m_target(std::move(target))
{
    const auto refuse = [this](const std::string &why) {
        throw core::Error(core::ErrorKind::FileUnwritable,
                          "\"" + m_target.string() + "\" " + why +
                              " Choose another target, or leave --resume out to make it anew.");
    };
    const auto keys = foreignKeys(topLevelKeys(m_target, {"images", "categories", "annotations"}));
    const auto record = keys.find(runRecordKey);
    if (record == keys.end())
        refuse("is there and was not made by this command, so it cannot be gone on with.");
    const std::string differing = differences(record->dump(), description.work);
    if (!differing.empty())
        refuse("was finished by a run that differs in " + differing + ".");
    const JsonList images{"images", [this](std::size_t, const nlohmann::json &image) {
                              const auto name = image.find("file_name");
                              if (name != image.end() && name->is_string())
                                  m_pictures.insert(name->get<std::string>());
                          }};
    readJsonLists(m_target, {&images, 1}, {});
}

void FinishedRun::forEach(const std::function<void(PictureResult)> &take) const
{
    core::Dataset dataset = readCoco(m_target).dataset;
    std::unordered_map<core::Id, PictureResult> results;
    for (const core::ImageRecord &image : dataset.images)
        results[image.id] = {image.fileName, image, {}};
    for (core::Annotation &annotation : dataset.annotations)
        results[annotation.imageId].annotations.push_back(std::move(annotation));
    for (const core::ImageRecord &image : dataset.images)
        take(std::move(results[image.id]));
}

} // namespace exporters
