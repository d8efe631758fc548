// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// The format of `input`: `asked` when it is not null, else the one that recognises it. Throws
/// core::Error(FileNotFound), and BadDataset when no format does.
const Format &formatOf(const std::filesystem::path &input, const Format *asked = nullptr);

/// Reads `input` in whatever format it has. Errors as formatOf() and Format::read.
ReadResult readDataset(const std::filesystem::path &input, const Format *asked = nullptr,
                       const ReadOptions &options = {}, std::stop_token stop = {},
                       const Progress &progress = {});

} // namespace exporters
