// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_file.h"

#include "core/error.h"
#include "core/file/file_error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>

namespace exporters
{
namespace
{

constexpr int deepest = 100;
constexpr std::size_t mostValues = std::size_t{1} << 22;

/// `sentence` is the JSON library's own, `position` the byte it speaks of.
[[noreturn]] void refuseJson(const std::filesystem::path &file, std::size_t position,
                             std::string_view sentence)
{
    // The library's sentence quotes what it read last, which may be all of the file: take the place
    // only.
    const auto says = [&](const char *words) { return sentence.find(words) != sentence.npos; };
    std::string place = "byte " + std::to_string(position);
    const auto line = sentence.find("line ");
    if (line != sentence.npos)
        place = sentence.substr(line, sentence.find(':', line) - line);
    std::string why = "is not valid JSON at " + place + ".";
    if (says("unexpected end of input") || says("missing closing quote") ||
        says("empty input")) // newer versions say so of a file without a byte
        why = "breaks off at " + place + "; it was not written to its end.";
    else if (says("UTF-8"))
        why = "holds text that is not UTF-8 at " + place + ".";
    throw core::Error(core::ErrorKind::BadDataset, file.string() + " " + why);
}

} // namespace

nlohmann::json readJsonFile(const std::filesystem::path &file)
{
    using Json = nlohmann::json;
    std::error_code ignored;
    const auto type = std::filesystem::status(file, ignored).type();
    if (type == std::filesystem::file_type::directory)
        throw core::readError(file, EISDIR);
    // A device may never end, a pipe never begin.
    if (type != std::filesystem::file_type::regular &&
        type != std::filesystem::file_type::not_found)
        throw core::Error(core::ErrorKind::FileUnreadable, file.string() + " is no plain file.");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw core::readError(file, errno);
    std::size_t values = 0;
    const Json::parser_callback_t bound = [&](int depth, Json::parse_event_t, Json &) {
        if (depth > deepest)
            throw core::Error(core::ErrorKind::BadDataset,
                              file.string() + " is nested deeper than " + std::to_string(deepest) +
                                  " levels.");
        if (++values > mostValues)
            throw core::Error(core::ErrorKind::BadDataset, file.string() + " has more than " +
                                                               std::to_string(mostValues) +
                                                               " values.");
        return true;
    };
    try {
        return Json::parse(stream, bound);
    } catch (const Json::parse_error &error) {
        refuseJson(file, error.byte, error.what());
    } catch (const Json::out_of_range &error) { // a number beyond what a double holds
        refuseJson(file, 0, error.what());
    } catch (const std::ios_base::failure &failure) { // the disk, not the text
        throw core::readError(file, failure.code().value());
    }
}

} // namespace exporters
