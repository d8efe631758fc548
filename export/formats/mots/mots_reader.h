// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// See Format::read() and mots.h.
ReadResult readMots(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress);

} // namespace exporters
