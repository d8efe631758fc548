// SPDX-License-Identifier: Apache-2.0
#include "export/records/detection_categories.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_set>

namespace exporters
{

void DetectionCategories::add(const JsonFields &category)
{
    m_hasList = true;
    const core::Id id = category.id("id");
    if (m_listed.insert_or_assign(id, category.text("name")).second)
        m_order.push_back(id);
}

std::string DetectionCategories::use(const JsonFields &detection)
{
    const std::string name = nameOf(detection);
    const core::Id id = detection.find("category_id") ? detection.id("category_id") : 1;
    const auto listed = m_listed.find(id);
    if (listed == m_listed.end() || listed->second.empty())
        m_used.emplace(id, name);
    return name;
}

std::string DetectionCategories::nameOf(const JsonFields &detection) const
{
    if (!detection.find("category_id"))
        return "object";
    const core::Id id = detection.id("category_id");
    if (const auto listed = m_listed.find(id); listed != m_listed.end() && !listed->second.empty())
        return listed->second;
    if (!m_hasList) {
        const auto known = std::ranges::find(m_known, id, &core::Category::id);
        if (known != m_known.end())
            return known->name;
    }
    return "category " + std::to_string(id);
}

std::vector<core::Category> DetectionCategories::all() const
{
    std::vector<core::Category> all;
    const auto add = [&all](core::Id id, const std::string &name) {
        if (!name.empty() && std::ranges::find(all, name, &core::Category::name) == all.end())
            all.push_back({id, name, "", 0});
    };
    for (const core::Id id : m_order)
        add(id, m_listed.at(id));
    for (const auto &[id, name] : m_used)
        add(id, name);
    core::Id largest = 0;
    std::unordered_set<core::Id> taken;
    for (core::Category &category : all) {
        largest = std::max(largest, category.id);
        if (category.id < 1 || !taken.insert(category.id).second)
            category.id = 0;
    }
    for (core::Category &category : all)
        category.id = category.id == 0 ? ++largest : category.id;
    return all;
}

} // namespace exporters
