// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/findings.h"

#include <string>

namespace exporters
{

/// Where an entry of an annotation file stands, for findings about it.
struct EntryPlace {
    std::string file;
    std::string place; ///< "shapes[3]", "line 12"
};

/// `error` as a finding: its sentence without file and place, which it may begin with.
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
