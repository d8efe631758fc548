// SPDX-License-Identifier: Apache-2.0
#include "export/operations/image_groups.h"

#include "core/error.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <regex>

namespace exporters
{
namespace
{

constexpr std::size_t longestSearched = 4096;

using Rule = std::function<std::optional<std::string>(const std::string &name)>;

std::optional<std::string> folderOf(const std::string &name)
{
    const std::size_t slash = name.rfind('/');
    return slash == std::string::npos ? std::string() : name.substr(0, slash);
}

/// The file's own name is no part that images could share.
std::optional<std::string> partOf(const std::string &name, int number)
{
    std::size_t begin = 0;
    for (int part = 1;; ++part) {
        const std::size_t slash = name.find('/', begin);
        if (slash == std::string::npos)
            return std::nullopt;
        if (part == number)
            return name.substr(begin, slash - begin);
        begin = slash + 1;
    }
}

[[noreturn]] void refuse(const std::string &rule)
{
    throw core::Error(core::ErrorKind::BadDataset,
                      "The rule for groups, \"" + rule +
                          "\", is neither folder, nor the number of a part of the path, nor a "
                          "regular expression that can be used.");
}

Rule makeRule(const std::string &text)
{
    if (text == "folder")
        return folderOf;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= 1)
        return [number](const std::string &name) { return partOf(name, number); };
    try {
        return
            [expression = std::regex(text)](const std::string &name) -> std::optional<std::string> {
                std::smatch found;
                // The search calls itself for each character, and the stack has an end.
                if (name.size() > longestSearched || !std::regex_search(name, found, expression))
                    return std::nullopt;
                return found.size() > 1 && found[1].matched ? found[1].str() : found[0].str();
            };
    } catch (const std::regex_error &) {
        refuse(text);
    }
}

} // namespace

std::vector<std::string> imageGroups(std::span<const core::ImageRecord> images,
                                     const std::string &rule)
{
    std::vector<std::string> groups;
    groups.reserve(images.size());
    const Rule find = rule.empty() ? Rule() : makeRule(rule);
    try {
        for (const core::ImageRecord &image : images) {
            const auto group = find ? find(image.fileName) : std::nullopt;
            // Prefixes keep groups and single images apart, whatever they are called.
            groups.push_back(group ? "group " + *group : "image " + image.fileName);
        }
    } catch (const std::regex_error &) {
        refuse(rule);
    }
    return groups;
}

} // namespace exporters
