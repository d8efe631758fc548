// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// COCO instances: one JSON file. See coco_reader.h and coco_writer.h.
class Coco : public Format
{
public:
    std::string_view name() const override { return "coco"; }
    std::string_view title() const override { return "COCO instances"; }
    Layout layout() const override { return Layout::File; }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
