// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/json/json_fields.h"

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// What a detector's file calls its categories: by a list of them, or by numbers alone.
class DetectionCategories
{
public:
    /// `known`: what numbers mean in a file without a list.
    explicit DetectionCategories(std::span<const core::Category> known) : m_known(known) {}

    /// An entry of the list.
    void add(const JsonFields &category);
    /// The name of a detection's category: "object" without a number, "category 7" where nothing
    /// names it. It is one of all() from now on.
    std::string use(const JsonFields &detection);
    /// One of each name. Ids that are 0, or taken, become the next free ones.
    std::vector<core::Category> all() const;

private:
    std::string nameOf(const JsonFields &detection) const;

    std::span<const core::Category> m_known;
    std::unordered_map<core::Id, std::string> m_listed; ///< by the file's ids
    std::vector<core::Id> m_order;                      ///< of the list
    bool m_hasList = false;                             ///< of whatever entries
    std::map<core::Id, std::string> m_used;             ///< that no list names
};

} // namespace exporters
