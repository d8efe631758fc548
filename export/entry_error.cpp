// SPDX-License-Identifier: Apache-2.0
#include "export/entry_error.h"

namespace exporters
{

Finding toFinding(const EntryError &error, const std::string &file, const std::string &place)
{
    std::string sentence = error.what();
    for (const std::string &told : {file, place}) { // the finding has them apart
        if (!told.empty() && sentence.starts_with(told)) {
            sentence.erase(0, told.size());
            sentence.erase(0, sentence.find_first_not_of(": "));
        }
    }
    return {Severity::Error, error.rule(), file, place, std::move(sentence)};
}

} // namespace exporters
