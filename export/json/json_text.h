// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace exporters
{

/// Objects and lists in each other that are still read: a file that is deeper is hostile.
inline constexpr std::size_t deepestJson = 100;

/// Where a value ends, found by its brackets and quotes alone: several gigabytes a second, and no
/// promise that what lies between is JSON.
struct JsonExtent {
    enum class Kind {
        Found,
        BreaksOff,   ///< the text ends first
        Mismatch,    ///< a bracket that closes nothing of its kind, or no value at all
        NestsTooDeep ///< below deepestJson
    };
    Kind kind = Kind::Found;
    std::size_t end = 0; ///< behind the value; otherwise, where it goes wrong
};

/// `begin`: its first character. `depth`: how many containers lie around it.
/// A number or a word at the very end of the text breaks off: more of it may follow.
JsonExtent jsonValueEnd(std::string_view text, std::size_t begin, std::size_t depth = 0);

/// Behind the white space at `at`.
std::size_t skipJsonSpace(std::string_view text, std::size_t at);

/// One key of an object and its value, as they are written.
struct JsonMember {
    std::string_view key; ///< between the quotes, escapes and all
    std::string_view value;
};

/// The members of `object` in their order, or nothing where that is no object by its brackets.
std::vector<JsonMember> jsonMembers(std::string_view object);

} // namespace exporters
