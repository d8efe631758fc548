// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

struct ConversionOptions {
    const Format *from = nullptr; ///< null: whatever recognises the input
    const Format *to = nullptr;   ///< never null
    ReadOptions read;
    WriteOptions write;
};

struct Conversion {
    const Format *from = nullptr; ///< what the input was
    Findings findings;            ///< of reading
    WriteSummary summary;
};

/// Reads `input` and writes it to `target`, which appears whole or not at all. Errors as
/// readDataset() and Format::write.
Conversion convert(const std::filesystem::path &input, const std::filesystem::path &target,
                   const ConversionOptions &options, const std::stop_token &stop = {},
                   const Progress &progress = {});

/// Progress of one of several stages: what is told as 0 to 1 there is `first` to `last` here.
Progress stage(const Progress &whole, double first, double last);

} // namespace exporters
