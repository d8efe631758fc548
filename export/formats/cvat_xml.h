// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// CVAT for images 1.1: one XML file, or a folder with an annotations.xml in it (read only).
/// See cvat_xml_reader.h and cvat_xml_writer.h.
class CvatXml : public Format
{
public:
    std::string_view name() const override { return "cvat-xml"; }
    std::string_view title() const override { return "CVAT for images"; }
    Layout layout() const override { return Layout::File; }
    std::string_view extension() const override { return ".xml"; }
    std::string_view limits() const override
    {
        return "CVAT has no place for scores, crowd marks, tracks of pictures and supercategories.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
