// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots/mots_layout.h"

#include "core/image/natural_order.h"
#include "export/formats/mots/mots_text.h"

#include <algorithm>
#include <fstream>

namespace exporters
{

namespace fs = std::filesystem;

bool isMotsText(const fs::path &file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return false;
    std::ifstream stream(file, std::ios::binary);
    std::string head(256, '\0');
    stream.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    return isMotsLine(std::string_view(head).substr(0, head.find('\n')));
}

bool holdsMotsMaps(const fs::path &folder)
{
    const fs::path maps = folder / "instances";
    std::error_code error;
    if (fs::exists(maps / "labels.txt", error))
        return true;
    // Maps, or folders of sequences with maps in them.
    fs::recursive_directory_iterator entry(maps, error);
    for (int looks = 1000; !error && entry != fs::recursive_directory_iterator() && looks > 0;
         --looks) {
        if (entry->path().extension() == ".png")
            return true;
        entry.increment(error);
    }
    return false;
}

std::vector<std::string> motsSubsets(const fs::path &folder)
{
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (int looks = 1000; !error && entry != fs::directory_iterator() && looks > 0; --looks) {
        if (holdsMotsMaps(entry->path()))
            names.push_back(entry->path().filename().string());
        entry.increment(error);
    }
    std::ranges::sort(names, core::naturalLess);
    return names;
}

bool looksLikeMots(const fs::path &input)
{
    std::error_code ignored;
    if (!fs::is_directory(input, ignored))
        return isMotsText(input);
    if (holdsMotsMaps(input))
        return !fs::exists(input / "classes.json", ignored); // mask-png has such a folder, too
    return !motsSubsets(input).empty();
}

} // namespace exporters
