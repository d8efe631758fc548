// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// See Format::write() and voc.h.
WriteSummary writeVoc(AnnotationSource &source, const std::filesystem::path &target,
                      const WriteOptions &options, std::stop_token stop, const Progress &progress);

} // namespace exporters
