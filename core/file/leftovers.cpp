// SPDX-License-Identifier: Apache-2.0
#include "core/file/leftovers.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace core
{
namespace
{

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The target's name of such a file, or nothing.
std::string targetNameOf(const std::string &name)
{
    constexpr std::string_view mark = ".part-"; // as in atomic_file.cpp
    const std::size_t place = name.rfind(mark);
    if (place == std::string::npos)
        return {};
    const std::string_view numbers = std::string_view(name).substr(place + mark.size());
    const std::size_t dash = numbers.find('-');
    if (dash == std::string_view::npos || !isNumber(numbers.substr(0, dash)) ||
        !isNumber(numbers.substr(dash + 1)))
        return {};
    return name.substr(0, place);
}

} // namespace

void removeLeftovers(const std::filesystem::path &folder,
                     const std::function<bool(const std::string &targetName)> &isOurs)
{
    std::error_code ignored;
    std::vector<std::filesystem::path> leftovers;
    for (std::filesystem::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
         entry.increment(ignored)) {
        const std::string target = targetNameOf(entry->path().filename().string());
        if (!target.empty() && isOurs(target))
            leftovers.push_back(entry->path());
    }
    for (const std::filesystem::path &file : leftovers)
        std::filesystem::remove(file, ignored);
}

} // namespace core
