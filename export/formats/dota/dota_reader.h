// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// What Dota::read() does.
ReadResult readDota(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress);

} // namespace exporters
