// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/picture_run_options.h"

#include "core/segmentation/segmenter.h"
#include "export/operations/run_description.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace cli
{

/// The command and its model: what RunDescription::work begins with.
nlohmann::ordered_json modelRecord(const std::string &command, const core::SegmenterInfo &info);

/// RunDescription::place.
core::ForeignKeys placeRecord(const std::vector<std::string> &inputs,
                              const PictureRunOptions &options);

/// Whether a finished run made `target` of exactly these pictures as they are now. Says so, or what
/// has changed. Throws core::Error(FileUnwritable) when it was made of none of them, and what
/// FinishedRun throws.
bool isComplete(const std::filesystem::path &target, const exporters::RunDescription &description,
                const std::vector<exporters::Picture> &pictures);

} // namespace cli
