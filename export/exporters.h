// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/exporter.h"

#include <memory>
#include <vector>

namespace exporters
{

/// One of each format, in the order in which they are offered.
std::vector<std::unique_ptr<Exporter>> allExporters();

/// Null when no format has that name.
std::unique_ptr<Exporter> findExporter(std::string_view name);

} // namespace exporters
