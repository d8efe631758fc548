// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_parse.h"

#include "export/entry.h"
#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

/// Of one value whose end is known: it costs no other. There may be a million of them, so the place
/// is one that need not be counted out.
[[noreturn]] void refuseValue(const std::filesystem::path &file, const char *rule,
                              const std::string &why, std::uint64_t position)
{
    throw EntryError(rule,
                     file.string() + " " + why + " at byte " + std::to_string(position + 1) + ".");
}

/// At least as many as there are.
std::size_t countValues(std::string_view text)
{
    std::size_t count = 1;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            const JsonExtent string = jsonValueEnd(text, at);
            at = string.end;
            continue;
        }
        count += text[at] == ',' || text[at] == '[' || text[at] == '{';
        ++at;
    }
    return count;
}

} // namespace

bool hasTooManyValues(std::string_view json)
{
    // Values are two bytes each at the least.
    return json.size() > 2 * mostJsonValues && countValues(json) > mostJsonValues;
}

Json parseJson(const std::filesystem::path &file, const JsonPiece &piece)
{
    if (piece.isTooLarge)
        refuseValue(file, "too-large",
                    "has more than " + std::to_string(mostJsonValues) + " values in one element",
                    piece.position);
    try {
        return Json::parse(piece.text);
    } catch (const Json::parse_error &error) {
        // The library's sentence quotes what it read last, which may be all of it: the place only.
        const std::uint64_t place = piece.position + (error.byte > 0 ? error.byte - 1 : 0);
        if (std::string_view(error.what()).find("UTF-8") != std::string_view::npos)
            refuseValue(file, "not-utf8", "holds text that is not UTF-8", place);
        refuseValue(file, "not-json", "is not valid JSON", place);
    } catch (const Json::out_of_range &) {
        refuseValue(file, "not-json", "has a number beyond what JSON readers hold", piece.position);
    }
}

} // namespace exporters
