// SPDX-License-Identifier: Apache-2.0
#include "export/exporters.h"

#include "export/coco_exporter.h"

#include <algorithm>

namespace exporters
{

std::vector<std::unique_ptr<Exporter>> allExporters()
{
    std::vector<std::unique_ptr<Exporter>> all;
    all.push_back(std::make_unique<CocoExporter>());
    return all;
}

std::unique_ptr<Exporter> findExporter(std::string_view name)
{
    auto all = allExporters();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &e) { return e->name() == name; });
    return found == all.end() ? nullptr : std::move(*found);
}

} // namespace exporters
