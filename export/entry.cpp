// SPDX-License-Identifier: Apache-2.0
#include "export/entry.h"

#include <algorithm>
#include <string_view>

namespace exporters
{

Finding findingOf(const core::Error &error, const EntryPlace &where)
{
    std::string_view sentence = error.what();
    for (const std::string &known : {where.file, where.place}) {
        if (known.empty() || !sentence.starts_with(known))
            continue;
        sentence.remove_prefix(known.size());
        sentence.remove_prefix(std::min(sentence.find_first_not_of(": "), sentence.size()));
    }
    const auto *const entry = dynamic_cast<const EntryError *>(&error);
    return {Severity::Error, entry ? entry->rule() : "bad-entry", where.file, where.place,
            std::string(sentence)};
}

} // namespace exporters
