// SPDX-License-Identifier: Apache-2.0
#include "export/formats/dota.h"

#include "export/files/split_export.h"
#include "export/formats/dota/dota_folder.h"
#include "export/formats/dota/dota_reader.h"
#include "export/json/foreign_keys.h"
#include "export/outlines/rotated_box.h"
#include "export/text/lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace exporters
{
namespace
{

bool isBlank(char c)
{
    return static_cast<unsigned char>(c) <= ' ';
}

/// Names as one word each, no two the same.
class Words
{
public:
    explicit Words(const std::vector<core::Category> &categories)
    {
        std::set<std::string> used;
        for (const core::Category &category : categories) {
            std::string word = category.name.empty() ? "object" : category.name;
            std::replace_if(word.begin(), word.end(), isBlank, '-');
            if (!used.insert(word).second)
                used.insert(word += '-' + std::to_string(category.id));
            if (word != category.name)
                m_changed.insert(category.id);
            m_words.emplace(category.id, std::move(word));
        }
    }

    const std::string &of(core::Id category) const { return m_words.at(category); }
    bool isChanged(core::Id category) const { return m_changed.contains(category); }

private:
    std::unordered_map<core::Id, std::string> m_words;
    std::set<core::Id> m_changed;
};

/// Other formats tell it as a number, a word or a text.
char difficultyOf(const core::Annotation &annotation)
{
    const nlohmann::ordered_json keys = foreignKeys(annotation.foreign);
    const auto found = keys.find("difficult");
    if (found == keys.end())
        return '0';
    if (found->is_number_integer() && *found >= 0 && *found <= 9)
        return char('0' + found->get<int>());
    if (found->is_boolean())
        return found->get<bool>() ? '1' : '0';
    return *found == "1" ? '1' : '0';
}

/// "imagesource:GoogleEarth\ngsd:0.146\n", if they are known.
std::string headOf(const core::ImageRecord &image)
{
    std::string head;
    const nlohmann::ordered_json keys = foreignKeys(image.foreign);
    for (const char *key : {"imagesource", "gsd"}) {
        const auto found = keys.find(key);
        if (found == keys.end() || found->is_structured())
            continue;
        std::string value = found->is_string() ? found->get<std::string>() : found->dump();
        std::replace_if(
            value.begin(), value.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        head += std::string(key) + ':' + value + '\n';
    }
    return head;
}

} // namespace

bool Dota::recognises(const std::filesystem::path &input) const
{
    return !findDotaPlaces(input).empty();
}

ReadResult Dota::read(const std::filesystem::path &input, const ReadOptions &options,
                      std::stop_token stop, const Progress &progress) const
{
    return readDota(input, options, stop, progress);
}

WriteSummary Dota::write(AnnotationSource &source, const std::filesystem::path &target,
                         const WriteOptions &options, std::stop_token stop,
                         const Progress &progress) const
{
    WriteSummary summary;
    const Words words(source.categories());
    const auto lineOf = [&](const core::ImageRecord &, const core::Annotation &annotation) {
        const std::string &word = words.of(annotation.categoryId);
        std::string line;
        const auto corners = rotatedBox(annotation);
        if (!corners) {
            summary.lose("objects without a pixel were left out");
            return line;
        }
        if (annotation.hasMask())
            summary.lose("masks were reduced to rotated boxes");
        if (words.isChanged(annotation.categoryId))
            summary.lose("objects have a category whose name became one word");
        for (const double coordinate : *corners)
            line += toText(coordinate, 3) + ' ';
        return line + word + ' ' + difficultyOf(annotation);
    };
    OutputFolder out(target);
    const std::vector<std::string> splits = writeSplits(
        source, out, options, stop, progress, summary,
        {headOf, lineOf,
         [](const auto &place) { return place.split + "/labelTxt/" + place.stem + ".txt"; },
         [](const auto &place) { return place.split + "/images/" + place.stem + place.ending; }});
    if (splits.empty())
        out.makeFolder("train/labelTxt");
    for (const std::string &split : splits)
        out.makeFolder(split + "/images");
    out.commit();
    return summary;
}

} // namespace exporters
