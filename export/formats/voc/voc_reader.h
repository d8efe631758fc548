// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// See Format::read() and voc.h.
ReadResult readVoc(const std::filesystem::path &folder, const ReadOptions &options,
                   std::stop_token stop, const Progress &progress);

} // namespace exporters
