// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"
#include "ui/editing/import_plan.h"

#include <filesystem>

namespace ui
{

/// A file as the import dialog shows it.
struct ImportReading {
    ReadAnnotations annotations;
    exporters::Findings findings;
    ImportPreview preview;
};

/// Reads `input` and looks for its pictures among the project's. For a background thread; throws
/// what Format::read() does.
ImportReading readAnnotations(const exporters::Format &format, const std::filesystem::path &input,
                              const DatasetSnapshot &project, std::stop_token stop = {},
                              const exporters::Progress &progress = {});

} // namespace ui
