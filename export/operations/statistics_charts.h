// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/drawing.h"
#include "export/operations/statistics.h"

#include <string>
#include <vector>

namespace exporters
{

struct NamedDrawing {
    std::string name; ///< of its file, without an ending: "categories"
    Drawing drawing;
};

/// Annotations by category, areas, box sides, annotations per image, image sizes.
std::vector<NamedDrawing> statisticsCharts(const Statistics &statistics);

/// Writes each as NAME.svg and NAME.png into `folder`, which is made where it is missing; files of
/// these names are replaced, each whole or not at all. Throws core::Error(FileUnwritable,
/// DiskFull).
void writeCharts(const std::vector<NamedDrawing> &charts, const std::filesystem::path &folder);

} // namespace exporters
