// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/read_annotations.h"

#include "core/error.h"
#include "export/files/picture_match.h"
#include "export/json/foreign_keys.h"

namespace ui
{
namespace
{

/// What is new beside what the project's pictures say already.
void joinForeignKeys(ReadAnnotations &read, const DatasetSnapshot &project)
{
    for (const core::ImageRecord &image : read.dataset.images) {
        const auto found = read.imageOf.find(image.id);
        if (image.foreign.empty() || found == read.imageOf.end())
            continue;
        const core::ImageRecord *ours = project.images->find(found->second);
        core::ForeignKeys joined = exporters::joinedForeignKeys(ours->foreign, image.foreign);
        if (joined != ours->foreign)
            read.imageForeign[ours->id] = std::move(joined);
    }
    core::ForeignKeys whole = exporters::joinedForeignKeys(project.foreign, read.dataset.foreign);
    if (whole != project.foreign)
        read.foreign = std::move(whole);
}

} // namespace

ImportReading readAnnotations(const exporters::Format &format, const std::filesystem::path &input,
                              const DatasetSnapshot &project, std::stop_token stop,
                              const exporters::Progress &progress)
{
    exporters::ReadOptions options;
    options.imageFolder = project.imageRoot;
    exporters::ReadResult result = format.read(input, options, stop, [&progress](double share) {
        if (progress)
            progress(0.9 * share);
    });
    ImportReading reading;
    reading.findings = std::move(result.findings);
    ReadAnnotations &read = reading.annotations;
    read.dataset = std::move(result.dataset);
    exporters::PictureMatch match =
        exporters::matchPictures(read.dataset.images, project.images->images());
    read.imageOf = std::move(match.idOf);
    read.missing = std::move(match.missing);
    read.missing.insert(read.missing.end(), match.ambiguous.begin(), match.ambiguous.end());
    std::size_t done = 0;
    for (const auto &[theirs, ours] : read.imageOf) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "The import was stopped.");
        read.sizes[ours] = pictureSize(project.imageRoot, *project.images->find(ours));
        if (progress)
            progress(0.9 + 0.1 * double(++done) / double(read.imageOf.size()));
    }
    joinForeignKeys(read, project);
    reading.preview = previewImport(read, project, stop);
    return reading;
}

} // namespace ui
