// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/format.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace exporters
{

/// The group_ids of one picture: objects keep theirs, and those of several parts get one.
class LabelMeGroups
{
public:
    /// `annotations`: all of the picture. `summary` must outlive this.
    LabelMeGroups(const std::vector<core::Annotation> &annotations, WriteSummary &summary);

    /// Null: none is needed.
    nlohmann::ordered_json of(const core::Annotation &annotation, bool hasParts);

private:
    WriteSummary &m_summary;
    std::unordered_set<std::string> m_kept;
    std::set<std::pair<core::Id, std::string>> m_used;
    std::int64_t m_next = 1;
};

} // namespace exporters
