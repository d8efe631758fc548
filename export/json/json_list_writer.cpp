// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_list_writer.h"

#include "core/error.h"
#include "export/json/foreign_keys.h"

#include <nlohmann/json.hpp>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr std::size_t writeSize = 1 << 18;

std::string dump(const Json &value, const core::ForeignKeys &foreign = {})
{
    try {
        return foreign.empty() ? value.dump() : withForeignKeys(value, foreign);
    } catch (const Json::type_error &) {
        throw core::Error(core::ErrorKind::BadDataset,
                          "A name is not UTF-8 text and cannot be exported: " +
                              value.dump(-1, ' ', true, Json::error_handler_t::replace) +
                              "; rename it.");
    }
}

} // namespace

JsonListWriter::JsonListWriter(const std::filesystem::path &target) : m_file(target) {}

void JsonListWriter::value(std::string_view name, const Json &value,
                           const core::ForeignKeys &foreign)
{
    key(name);
    text(dump(value, foreign));
}

void JsonListWriter::rawValue(std::string_view name, std::string_view json)
{
    key(name);
    text(json);
}

void JsonListWriter::openList(std::string_view name)
{
    m_isBareList = name.empty();
    if (!m_isBareList)
        key(name);
    text("[");
    m_isFirstElement = true;
}

void JsonListWriter::element(const Json &value, const core::ForeignKeys &foreign)
{
    text(m_isFirstElement ? "\n" : ",\n");
    m_isFirstElement = false;
    text(dump(value, foreign));
}

void JsonListWriter::closeList()
{
    text("]");
}

void JsonListWriter::commit()
{
    text(m_isBareList ? "\n" : "}\n");
    flush();
    m_file.commit();
}

void JsonListWriter::key(std::string_view key)
{
    text(m_isFirstKey ? "{" : ",\n");
    m_isFirstKey = false;
    text(dump(Json(key)));
    text(":");
}

void JsonListWriter::text(std::string_view piece)
{
    m_pending += piece;
    if (m_pending.size() >= writeSize)
        flush();
}

void JsonListWriter::flush()
{
    m_file.write(m_pending);
    m_pending.clear();
}

} // namespace exporters
