// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/findings.h"

#include <string>
#include <utility>

namespace exporters
{

/// One entry of an annotation file breaks the format; the rest can be read. The sentence begins
/// with the entry's place.
class EntryError : public core::Error
{
public:
    EntryError(std::string rule, const std::string &sentence)
        : core::Error(core::ErrorKind::BadDataset, sentence), m_rule(std::move(rule))
    {
    }
    const std::string &rule() const { return m_rule; }

private:
    std::string m_rule;
};

/// Where an entry of an annotation file stands, for findings about it.
struct EntryPlace {
    std::string file;
    std::string place; ///< "shapes[3]", "line 12"
};

/// `error` as a finding by the rule of an EntryError, else by "bad-entry": its sentence without
/// file and place, which it may begin with.
Finding findingOf(const core::Error &error, const EntryPlace &where);

/// Calls take(). What it refuses as bad (core::Error(BadDataset)) becomes a finding, and false
/// comes back; every other error passes through.
template <typename Take>
bool takeEntry(Findings &findings, const EntryPlace &where, Take take)
{
    try {
        take();
        return true;
    } catch (const core::Error &error) {
        if (error.kind() != core::ErrorKind::BadDataset)
            throw;
        findings.add(findingOf(error, where));
        return false;
    }
}

} // namespace exporters
