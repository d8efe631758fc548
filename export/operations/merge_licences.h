// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace exporters
{

/// Joins what datasets say of themselves as a whole. COCO's "licenses" become one list: equal ones
/// are one, ids that mean another licence elsewhere are changed, and the "license" of the images
/// with them. Of other keys the first dataset's value stays, and a finding tells where a later one
/// differs; a run's record (runRecordKey) stays where all have the same.
class ForeignMerge
{
public:
    /// Takes the keys of `dataset` and changes the "license" of its images where it has to.
    void add(core::Dataset &dataset, const std::string &name, Findings &findings);
    core::ForeignKeys result() const;

private:
    using Json = nlohmann::ordered_json;
    std::map<std::int64_t, std::int64_t> addLicences(const Json &licences);

    bool m_isFirst = true;
    Json m_keys = Json::object();
    Json m_licences = Json::array();
};

} // namespace exporters
