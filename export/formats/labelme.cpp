// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme.h"

#include "export/formats/labelme/labelme_reader.h"
#include "export/formats/labelme/labelme_writer.h"
#include "export/json/json_glimpse.h"

namespace exporters
{
namespace
{

constexpr int mostLookedAt = 8; // JSON files of a folder
constexpr int mostSeen = 20000; // entries of any kind

bool isLabelMe(const std::filesystem::path &file)
{
    const JsonGlimpse glimpse = glimpseJson(file);
    // A long embedded picture may hide what comes behind it.
    return glimpse.hasKey("imagePath") &&
           (glimpse.hasList("shapes") || glimpse.hasKey("imageData"));
}

} // namespace

bool LabelMe::recognises(const std::filesystem::path &input) const
{
    std::error_code error;
    if (!std::filesystem::is_directory(input, error))
        return isLabelMe(input);
    std::filesystem::recursive_directory_iterator entry(
        input, std::filesystem::directory_options::skip_permission_denied, error);
    int lookedAt = 0;
    for (int seen = 0; !error && entry != std::filesystem::recursive_directory_iterator() &&
                       lookedAt < mostLookedAt && seen < mostSeen;
         entry.increment(error), ++seen) {
        if (entry->path().extension() == ".json" && isLabelMe(entry->path()))
            return true;
        lookedAt += entry->path().extension() == ".json";
    }
    return false;
}

ReadResult LabelMe::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    return readLabelMe(input, options, std::move(stop), progress);
}

WriteSummary LabelMe::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, std::stop_token stop,
                            const Progress &progress) const
{
    return writeLabelMe(source, target, options, std::move(stop), progress);
}

} // namespace exporters
