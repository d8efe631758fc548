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

/// The sentence loses the file or the place with which it begins.
Finding toFinding(const EntryError &error, const std::string &file, const std::string &place);

} // namespace exporters
