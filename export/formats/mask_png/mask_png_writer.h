// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// See Format::write() and mask_png.h.
WriteSummary writeMaskPng(AnnotationSource &source, const std::filesystem::path &target,
                          const WriteOptions &options, std::stop_token stop,
                          const Progress &progress);

} // namespace exporters
