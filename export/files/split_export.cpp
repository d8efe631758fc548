// SPDX-License-Identifier: Apache-2.0
#include "export/files/split_export.h"

#include "export/records/writable.h"

#include <algorithm>
#include <optional>
#include <set>

namespace exporters
{
namespace
{

void countLosses(const core::Annotation &annotation, WriteSummary &summary)
{
    if (annotation.isCrowd)
        summary.lose("crowd regions became plain objects");
    if (annotation.score)
        summary.lose("objects lost their score");
    if (annotation.track != 0)
        summary.lose("objects lost the number by which they are followed through images");
}

} // namespace

std::vector<std::string> writeSplits(AnnotationSource &source, OutputFolder &out,
                                     const WriteOptions &options, const std::stop_token &stop,
                                     const Progress &progress, WriteSummary &summary,
                                     const SplitExport &format)
{
    const auto categories = categoriesById(source.categories());
    PicturePlaces places(out, options, summary);
    std::set<std::string> used;
    const std::vector<core::ImageRecord> images = source.images();
    std::size_t done = 0;
    for (const core::ImageRecord &image : images) {
        continueExport(stop);
        if (const std::optional<PicturePlaces::Place> place = places.placeOf(image)) {
            std::string text = format.head ? format.head(image) : std::string();
            for (const core::Annotation &annotation : source.annotations(image.id)) {
                requireWritable(image, annotation, categories);
                const std::string line = format.line(image, annotation);
                if (line.empty())
                    continue;
                countLosses(annotation, summary);
                text += line + '\n';
                ++summary.annotations;
            }
            out.write(format.textName(*place), text);
            places.take(image, format.pictureName(*place));
            used.insert(place->split);
            ++summary.images;
        }
        if (progress)
            progress(double(++done) / double(images.size()));
    }
    continueExport(stop);
    std::vector<std::string> splits;
    for (const char *split : {"train", "val", "test"}) {
        if (used.contains(split))
            splits.emplace_back(split);
    }
    return splits;
}

} // namespace exporters
