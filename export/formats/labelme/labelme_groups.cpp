// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme/labelme_groups.h"

#include "export/json/foreign_keys.h"

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

Json kept(const core::Annotation &annotation)
{
    const Json keys = foreignKeys(annotation.foreign);
    const auto group = keys.find("group_id");
    return group != keys.end() && group->is_number_integer() ? *group : Json();
}

} // namespace

LabelMeGroups::LabelMeGroups(const std::vector<core::Annotation> &annotations,
                             WriteSummary &summary)
    : m_summary(summary)
{
    for (const core::Annotation &annotation : annotations) {
        const Json group = kept(annotation);
        if (!group.is_null())
            m_kept.insert(group.dump());
    }
}

Json LabelMeGroups::of(const core::Annotation &annotation, bool hasParts)
{
    Json group = kept(annotation);
    if (!group.is_null() && !m_used.emplace(annotation.categoryId, group.dump()).second) {
        m_summary.lose("group ids that several objects of a category share were left out");
        group = nullptr;
    }
    if (group.is_null() && hasParts) {
        while (m_kept.contains(std::to_string(m_next)))
            ++m_next;
        group = m_next++;
    }
    return group;
}

} // namespace exporters
