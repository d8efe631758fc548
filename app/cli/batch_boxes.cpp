// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_boxes.h"

#include "app/cli/dataset_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/share_progress.h"

#include "core/error.h"
#include "core/file/byte_digest.h"
#include "core/file/mapped_file.h"
#include "core/image/image_reader.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

/// The file's numbers must not be taken for ours, which are nobody's: below zero they match none.
core::Id idOf(const exporters::Picture &picture)
{
    return -static_cast<core::Id>(picture.number);
}

std::size_t numberOf(core::Id id)
{
    return static_cast<std::size_t>(-id);
}

} // namespace

BatchBoxes::BatchBoxes(const std::filesystem::path &file,
                       const std::vector<exporters::Picture> &pictures, const core::Shard &shard)
{
    std::vector<core::ImageRecord> images;
    images.reserve(pictures.size());
    for (const exporters::Picture &picture : pictures)
        images.push_back({idOf(picture), picture.name, {}});
    exporters::DetectionPictures asked;
    asked.images = images;
    asked.isWanted = [&shard](const core::ImageRecord &image) {
        return shard.contains(image.fileName);
    };
    asked.sizeOf = [&pictures](const core::ImageRecord &image) -> core::Size {
        try {
            return core::readImageSize(pictures[numberOf(image.id) - 1].path);
        } catch (const core::Error &) {
            return {}; // it is told when its turn comes
        }
    };
    const Interrupt interrupt;
    ShareProgress progress("Reading boxes");
    m_found = readDetections(file, asked, interrupt.token(), progress.callback());
    for (const exporters::Detection &detection : m_found.detections)
        m_ofPicture[numberOf(detection.imageId)].push_back(&detection);
    for (const core::Category &category : m_found.categories)
        m_categoryIds.emplace(category.name, category.id);
}

const std::vector<const exporters::Detection *> &
BatchBoxes::of(const exporters::Picture &picture) const
{
    static const std::vector<const exporters::Detection *> none;
    const auto found = m_ofPicture.find(picture.number);
    return found == m_ofPicture.end() ? none : found->second;
}

bool BatchBoxes::sayProblems() const
{
    if (m_found.elsewhere > 0) {
        const std::string example = m_found.missing.empty() ? "" : m_found.missing.front();
        spdlog::warn("{} boxes are in pictures that are not in the folder, such as \"{}\".",
                     m_found.elsewhere, example);
    }
    return sayFindings(m_found.findings);
}

std::string fileDigest(const std::filesystem::path &file)
{
    core::ByteDigest digest;
    digest.add(core::MappedFile::open(file)->bytes());
    return digest.hex();
}

} // namespace cli
