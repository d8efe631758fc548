// SPDX-License-Identifier: Apache-2.0
#include "export/operations/merge_licences.h"

#include "export/json/foreign_keys.h"
#include "export/operations/run_description.h"

#include <algorithm>
#include <utility>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr const char *listKey = "licenses"; // as COCO spells them
constexpr const char *imageKey = "license";

bool hasNumber(const Json &licence)
{
    return licence.is_object() && licence.contains("id") && licence["id"].is_number_integer();
}

bool sayTheSame(Json a, Json b)
{
    a.erase("id");
    b.erase("id");
    return nlohmann::json(a) == nlohmann::json(b); // whatever the order of their keys
}

} // namespace

std::map<std::int64_t, std::int64_t> ForeignMerge::addLicences(const Json &licences)
{
    std::map<std::int64_t, std::int64_t> newIds;
    if (!licences.is_array())
        return newIds;
    for (const Json &licence : licences) {
        if (!hasNumber(licence)) {
            if (std::ranges::find(m_licences, licence) == m_licences.end())
                m_licences.push_back(licence);
            continue;
        }
        const auto id = licence["id"].get<std::int64_t>();
        const auto known = std::ranges::find_if(m_licences, [&](const Json &other) {
            return hasNumber(other) && sayTheSame(other, licence);
        });
        if (known != m_licences.end()) {
            newIds[id] = (*known)["id"].get<std::int64_t>();
            continue;
        }
        bool isTaken = false;
        std::int64_t largest = id;
        for (const Json &other : m_licences) {
            if (!hasNumber(other))
                continue;
            isTaken |= other["id"] == id;
            largest = std::max(largest, other["id"].get<std::int64_t>());
        }
        Json added = licence;
        newIds[id] = isTaken ? largest + 1 : id;
        added["id"] = newIds[id];
        m_licences.push_back(std::move(added));
    }
    return newIds;
}

void ForeignMerge::add(core::Dataset &dataset, const std::string &name, Findings &findings)
{
    const Json keys = foreignKeys(dataset.foreign);
    const bool isFirst = std::exchange(m_isFirst, false);
    // Shards of one run are of that run together, too; anything else is of none.
    if (keys.value(runRecordKey, Json()) != m_keys.value(runRecordKey, Json()) && !isFirst)
        m_keys.erase(runRecordKey);
    for (const auto &[key, value] : keys.items()) {
        if (key == listKey || (key == runRecordKey && !isFirst))
            continue;
        if (!m_keys.contains(key))
            m_keys[key] = value;
        else if (m_keys[key] != value)
            findings.add({Severity::Warning, "merge-key", name, "",
                          "\"" + key + "\" differs from that of the files before; theirs stays."});
    }
    const auto newIds = addLicences(keys.value(listKey, Json::array()));
    if (std::ranges::all_of(newIds, [](const auto &pair) { return pair.first == pair.second; }))
        return;
    for (core::ImageRecord &image : dataset.images) {
        const Json own = foreignKeys(image.foreign);
        const auto licence = own.find(imageKey);
        if (licence == own.end() || !licence->is_number_integer())
            continue;
        const auto changed = newIds.find(licence->get<std::int64_t>());
        if (changed != newIds.end() && changed->first != changed->second)
            setForeignKey(image.foreign, imageKey, changed->second);
    }
}

core::ForeignKeys ForeignMerge::result() const
{
    Json keys = m_keys;
    if (!m_licences.empty())
        keys[listKey] = m_licences;
    return keys.empty() ? core::ForeignKeys() : keys.dump();
}

} // namespace exporters
