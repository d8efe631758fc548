// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_glimpse.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <vector>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

constexpr std::size_t most = std::size_t{4} << 20;
constexpr std::size_t deepest = 100;

/// Notes keys by depth; the end of what was read ends the parse, which is no error here.
class GlimpseHandler : public nlohmann::json_sax<Json>
{
public:
    JsonGlimpse glimpse;

    bool null() override { return scalar(); }
    bool boolean(bool) override { return scalar(); }
    bool number_integer(number_integer_t) override { return scalar(); }
    bool number_unsigned(number_unsigned_t) override { return scalar(); }
    bool number_float(number_float_t, const string_t &) override { return scalar(); }
    bool string(string_t &) override { return scalar(); }
    bool binary(binary_t &) override { return scalar(); }
    bool start_object(std::size_t) override { return open(JsonGlimpse::Kind::Object); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(JsonGlimpse::Kind::List); }
    bool end_array() override { return close(); }

    bool key(string_t &name) override
    {
        if (isTop()) {
            m_key = name;
            glimpse.keys[name];
        } else if (m_isNoted && m_depth == m_notedDepth) {
            glimpse.keys[m_key].insert(name);
        }
        return true;
    }

    bool parse_error(std::size_t, const std::string &, const Json::exception &) override
    {
        return false;
    }

private:
    bool isTop() const { return m_depth == 1 && glimpse.top == JsonGlimpse::Kind::Object; }
    bool isInList() const
    {
        return glimpse.top == JsonGlimpse::Kind::List ? m_depth == 1 : m_depth == 2 && m_isList;
    }
    /// What comes directly under a top level key, or is the first element of the list there.
    bool isNotable() const { return isTop() || (isInList() && m_isFirst); }

    bool scalar()
    {
        if (isInList())
            m_isFirst = false;
        return m_depth > 0;
    }

    bool open(JsonGlimpse::Kind kind)
    {
        const bool isNotable = this->isNotable();
        if (m_depth == 0)
            glimpse.top = kind;
        if (isTop() && kind == JsonGlimpse::Kind::List)
            glimpse.lists.insert(m_key);
        if (isTop())
            m_isList = kind == JsonGlimpse::Kind::List;
        if ((isTop() || m_depth == 0) && kind == JsonGlimpse::Kind::List)
            m_isFirst = true;
        else if (isInList())
            m_isFirst = false;
        ++m_depth;
        if (isNotable && kind == JsonGlimpse::Kind::Object) {
            m_isNoted = true;
            m_notedDepth = m_depth;
        }
        return m_depth <= deepest;
    }

    bool close()
    {
        if (m_isNoted && m_depth == m_notedDepth)
            m_isNoted = false;
        --m_depth;
        return true;
    }

    std::size_t m_depth = 0;
    std::string m_key; ///< of the top level
    bool m_isList = false;
    bool m_isFirst = false; ///< the next element of the list is its first
    bool m_isNoted = false;
    std::size_t m_notedDepth = 0;
};

} // namespace

JsonGlimpse glimpseJson(const std::filesystem::path &file)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return {};
    std::ifstream stream(file, std::ios::binary);
    std::string head(most, '\0');
    stream.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    GlimpseHandler handler;
    handler.glimpse.isCut =
        head.size() == most && stream.peek() != std::ifstream::traits_type::eof();
    Json::sax_parse(head, &handler);
    return std::move(handler.glimpse);
}

} // namespace exporters
