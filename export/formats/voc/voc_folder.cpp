// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc/voc_folder.h"

#include "core/image/natural_order.h"
#include "export/files/file_names.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <algorithm>
#include <set>

namespace exporters
{
namespace
{

/// "cat_train.txt" says which pictures have a cat in them.
bool isListOfClass(const std::string &file)
{
    return std::ranges::any_of(
        std::initializer_list<const char *>{"_train.txt", "_val.txt", "_trainval.txt", "_test.txt"},
        [&](const char *ending) { return file.ends_with(ending); });
}

} // namespace

std::vector<std::string> vocNames(const std::filesystem::path &folder)
{
    std::set<std::string> names;
    for (const std::string &file : filesBelow(folder / "Annotations", ".xml"))
        names.emplace(withoutEnding(file));
    for (const char *maps : {"SegmentationObject", "SegmentationClass"}) {
        for (const std::string &file : filesBelow(folder / maps, ".png"))
            names.emplace(withoutEnding(file));
    }
    std::vector<std::string> sorted(names.begin(), names.end());
    std::ranges::sort(sorted, core::naturalLess);
    return sorted;
}

std::unordered_map<std::string, std::string> vocSplits(const std::filesystem::path &folder)
{
    std::unordered_map<std::string, std::string> splits;
    for (const char *lists : {"ImageSets/Segmentation", "ImageSets/Main"}) {
        std::vector<std::string> files = filesBelow(folder / lists, ".txt");
        std::erase_if(files, isListOfClass);
        std::ranges::stable_partition(
            files, [](const std::string &name) { return name != "trainval.txt"; });
        for (const std::string &file : files) {
            const std::string text = readSmallText(folder / lists / file).value_or("");
            for (const std::string_view line : linesOf(text)) {
                if (!line.empty())
                    splits.emplace(line, withoutEnding(file));
            }
        }
    }
    return splits;
}

} // namespace exporters
