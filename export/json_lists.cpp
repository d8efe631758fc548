// SPDX-License-Identifier: Apache-2.0
#include "export/json_lists.h"

#include "core/error.h"
#include "core/file/file_error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

constexpr std::size_t deepest = 100;
constexpr std::size_t mostValues = std::size_t{1} << 22; // about 64 MiB as parsed values

[[noreturn]] void refuse(const std::filesystem::path &file, const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, file.string() + " " + why);
}

/// Gets the parser's events. The parser keeps its own stack on the heap, and so does this class.
class ListHandler : public nlohmann::json_sax<Json>
{
public:
    /// `tell`: called after every few elements.
    ListHandler(const std::filesystem::path &file, std::span<const JsonList> lists,
                std::stop_token stop, std::function<void()> tell)
        : m_file(file), m_lists(lists), m_stop(std::move(stop)), m_tell(std::move(tell))
    {
    }
    std::vector<std::string> found;

    bool null() override { return scalar(nullptr); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
    bool number_float(number_float_t value, const string_t &) override { return scalar(value); }
    bool string(string_t &value) override { return scalar(std::move(value)); }
    bool binary(binary_t &) override { return true; } // not in text files
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t &name) override
    {
        if (m_depth == 1 && !m_isBareList)
            m_topLevelKey = std::move(name);
        else
            m_key = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string &,
                     const Json::exception &error) override
    {
        // The library's sentence quotes what it read last, which may be all of the file: take the
        // place only.
        const std::string_view sentence = error.what();
        const auto says = [&](const char *words) { return sentence.find(words) != sentence.npos; };
        std::string place = "byte " + std::to_string(position);
        const auto line = sentence.find("line ");
        if (line != sentence.npos)
            place = sentence.substr(line, sentence.find(':', line) - line);
        if (says("unexpected end of input") || says("missing closing quote") ||
            says("empty input")) // newer versions say so of a file without a byte
            refuse(m_file, "breaks off at " + place + "; it was not written to its end.");
        if (says("UTF-8"))
            refuse(m_file, "holds text that is not UTF-8 at " + place + ".");
        refuse(m_file, "is not valid JSON at " + place + ".");
    }

private:
    bool scalar(Json &&value)
    {
        if (m_depth == 0)
            refuse(m_file, "holds a single value, no lists of annotations.");
        if (m_depth == 1 && !m_isBareList && wantedList() != nullptr)
            refuse(m_file, "has something else than a list under \"" + m_topLevelKey + "\".");
        if (m_list != nullptr) {
            add(std::move(value));
            if (m_open.empty())
                deliver();
        }
        return true;
    }

    bool open(Json &&container)
    {
        if (m_stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled,
                              "Reading " + m_file.string() + " was stopped.");
        if (m_depth == deepest)
            refuse(m_file, "is nested deeper than " + std::to_string(deepest) + " levels.");
        if (m_depth == 0) {
            m_isBareList = container.is_array();
            if (m_isBareList)
                openBareList();
        } else if (m_depth == 1 && !m_isBareList) {
            m_list = wantedList();
            m_index = 0;
            if (m_list != nullptr) {
                if (!container.is_array())
                    refuse(m_file,
                           "has something else than a list under \"" + m_topLevelKey + "\".");
                found.push_back(m_list->name);
                if (!m_list->onElement)
                    m_list = nullptr;
            }
        } else if (m_list != nullptr) {
            m_open.push_back(add(std::move(container)));
        }
        ++m_depth;
        return true;
    }

    bool close()
    {
        --m_depth;
        if (m_depth == (m_isBareList ? 0 : 1))
            m_list = nullptr;
        if (m_list != nullptr) {
            m_open.pop_back();
            if (m_open.empty())
                deliver();
        }
        return true;
    }

    void openBareList()
    {
        const auto list = std::find_if(m_lists.begin(), m_lists.end(),
                                       [](const JsonList &l) { return l.name.empty(); });
        if (list == m_lists.end())
            refuse(m_file, "is a bare list; an annotation file is an object with lists in it.");
        found.push_back(list->name);
        m_list = list->onElement ? &*list : nullptr;
    }

    const JsonList *wantedList() const
    {
        const auto list = std::find_if(m_lists.begin(), m_lists.end(), [&](const JsonList &l) {
            return !l.name.empty() && l.name == m_topLevelKey;
        });
        return list == m_lists.end() ? nullptr : &*list;
    }

    std::string element() const { return m_list->name + "[" + std::to_string(m_index) + "]"; }

    /// Puts a value where it belongs in the element being built and says where it lies. Only the
    /// innermost open container grows, so the places of those around it hold.
    Json *add(Json &&value)
    {
        if (++m_values > mostValues)
            refuse(m_file,
                   "has more than " + std::to_string(mostValues) + " values in " + element() + ".");
        if (m_open.empty()) {
            m_element = std::move(value);
            return &m_element;
        }
        Json &parent = *m_open.back();
        if (parent.is_object())
            return &(parent[m_key] = std::move(value));
        parent.push_back(std::move(value));
        return &parent.back();
    }

    void deliver()
    {
        if (m_index % 64 == 0)
            m_tell();
        m_list->onElement(m_index++, m_element);
        m_element = nullptr;
        m_values = 0;
    }

    const std::filesystem::path &m_file;
    std::span<const JsonList> m_lists;
    std::stop_token m_stop;
    std::function<void()> m_tell;
    bool m_isBareList = false;
    std::size_t m_depth = 0; ///< open containers of the file
    std::string m_topLevelKey;
    const JsonList *m_list = nullptr; ///< the list we are in, if it is a wanted one
    std::size_t m_index = 0;          ///< of the element in it
    std::size_t m_values = 0;         ///< in the element
    Json m_element;
    std::vector<Json *> m_open; ///< open containers of the element, outermost first
    std::string m_key;
};

} // namespace

std::vector<std::string> readJsonLists(const std::filesystem::path &file,
                                       std::span<const JsonList> lists, std::stop_token stop,
                                       const ReadProgress &progress)
{
    std::error_code ignored;
    const auto type = std::filesystem::status(file, ignored).type();
    if (type == std::filesystem::file_type::directory)
        throw core::readError(file, EISDIR);
    if (type != std::filesystem::file_type::regular &&
        type != std::filesystem::file_type::not_found)
        throw core::Error(core::ErrorKind::FileUnreadable,
                          file.string() + " is no plain file, which reading it twice needs.");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw core::readError(file, errno);
    const auto all = std::filesystem::file_size(file, ignored);
    const auto tell = [&] {
        if (progress && all > 0)
            progress(std::clamp(double(stream.tellg()) / double(all), 0.0, 1.0));
    };
    ListHandler handler(file, lists, std::move(stop), tell);
    try {
        Json::sax_parse(stream, &handler);
    } catch (const std::ios_base::failure &failure) { // the disk, not the text
        throw core::readError(file, failure.code().value());
    }
    return handler.found;
}

} // namespace exporters
