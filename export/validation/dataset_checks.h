// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"

#include <filesystem>

namespace exporters
{

/// What can be wrong in a dataset of any format. Rules: name-leads-out (absolute, with a drive, or
/// climbing out of the image folder), name-twice, category-name-twice, category-name-empty,
/// mask-empty, box-outside.
void checkDataset(const core::Dataset &dataset, const std::filesystem::path &file,
                  Findings &findings);

} // namespace exporters
