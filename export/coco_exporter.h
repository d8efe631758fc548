// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/exporter.h"

namespace exporters
{

/// COCO instances: one JSON file, masks as run lengths, which hold every pixel. Ids are those of
/// the source; area and bbox are measured on the mask; iscrowd is 0 unless the user marked a crowd.
/// The same annotations always give the same bytes.
class CocoExporter : public Exporter
{
public:
    std::string_view name() const override { return "coco"; }
    ExportSummary write(AnnotationSource &source, const std::filesystem::path &target,
                        const ExportOptions &options, std::stop_token stop,
                        const Progress &progress) const override;
};

} // namespace exporters
