// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace exporters
{

/// What the first megabytes of a JSON file show of its shape.
struct JsonGlimpse {
    enum class Kind { None, Object, List };

    Kind top = Kind::None; ///< None: no JSON, or a single value
    /// Keys of the top level object and, for each that holds an object, or a list whose first
    /// element is one, the keys of that object. Under "": those of the first element of a file that
    /// is a list itself.
    std::map<std::string, std::set<std::string>, std::less<>> keys;
    std::set<std::string, std::less<>> lists; ///< those of the keys that hold a list
    bool isCut = false;                       ///< the file goes on behind what was looked at

    bool hasKey(std::string_view key) const { return keys.contains(key); }
    bool hasList(std::string_view key) const { return lists.contains(key); }
    /// Whether the object under `key`, or the first element of the list under it, has `inner`.
    bool hasKey(std::string_view key, const std::string &inner) const
    {
        const auto found = keys.find(key);
        return found != keys.end() && found->second.contains(inner);
    }
};

/// Never throws: a file that is not there or no JSON shows nothing. Looks at no more than the first
/// four megabytes, so keys that come later are not seen.
JsonGlimpse glimpseJson(const std::filesystem::path &file);

} // namespace exporters
