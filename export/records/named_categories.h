// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// The categories of a format that knows them by name alone: numbered from 1 in the order in which
/// they come.
class NamedCategories
{
public:
    /// The id of the category of that name, which is made when it is new.
    core::Id idOf(const std::string &name)
    {
        const auto [place, isNew] =
            m_ids.emplace(name, static_cast<core::Id>(m_categories.size()) + 1);
        if (isNew)
            m_categories.push_back({place->second, name, "", 0});
        return place->second;
    }
    core::Category &at(core::Id id) { return m_categories[static_cast<std::size_t>(id - 1)]; }
    std::vector<core::Category> take() { return std::move(m_categories); }

private:
    std::vector<core::Category> m_categories;
    std::unordered_map<std::string, core::Id> m_ids;
};

} // namespace exporters
