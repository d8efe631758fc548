// SPDX-License-Identifier: Apache-2.0
#include "export/maps/map_writing.h"

#include "core/error.h"
#include "export/files/file_names.h"

namespace exporters
{

void MapWriting::beginPicture()
{
    finish();
    if (m_progress)
        m_progress(static_cast<double>(summary.images) / static_cast<double>(m_images));
    ++summary.images;
}

void MapWriting::finish() const
{
    if (m_stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled,
                          "The export was stopped; nothing was written.");
}

void MapWriting::takePicture(OutputFolder &out, const core::ImageRecord &image,
                             const std::string &name)
{
    if (m_options.pictures == Pictures::Leave)
        return;
    const std::filesystem::path source = pictureFile(m_options, image);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(source, ignored))
        out.take(source, name, m_options.pictures == Pictures::Link);
    else
        summary.lose("pictures were not found and are missing beside their annotations");
}

void countUnheld(const core::Annotation &annotation, Holds holds, WriteSummary &summary)
{
    if (annotation.isCrowd && !holds.crowd)
        summary.lose("crowds became ordinary objects");
    if (annotation.score && !holds.score)
        summary.lose("scores were left out");
    if (annotation.track != 0 && !holds.track)
        summary.lose("objects are no longer followed from picture to picture");
}

std::vector<core::Category> namedCategories(std::vector<core::Category> categories)
{
    for (std::size_t i = 0; i < categories.size(); ++i) {
        if (categories[i].name.find_first_not_of(" \t\r\n") == std::string::npos)
            categories[i].name = "class " + std::to_string(i + 1);
    }
    return categories;
}

std::unordered_map<core::Id, std::uint32_t>
categoryNumbers(const std::vector<core::Category> &categories)
{
    std::unordered_map<core::Id, std::uint32_t> numbers;
    for (const core::Category &category : categories)
        numbers.emplace(category.id, static_cast<std::uint32_t>(numbers.size() + 1));
    return numbers;
}

void requireCategories(const std::vector<core::Annotation> &annotations,
                       const std::unordered_map<core::Id, std::uint32_t> &categories)
{
    for (const core::Annotation &annotation : annotations) {
        if (!categories.contains(annotation.categoryId))
            throw core::Error(core::ErrorKind::BadDataset,
                              "The annotations cannot be exported: annotation id " +
                                  std::to_string(annotation.id) + " names category id " +
                                  std::to_string(annotation.categoryId) + ", which is missing.");
    }
}

std::string endingOf(const std::string &fileName)
{
    return fileName.substr(withoutEnding(fileName).size());
}

} // namespace exporters
