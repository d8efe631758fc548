// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// LabelMe: a folder of JSON files, one a picture and beside it, or one such file (read only).
/// See labelme_reader.h and labelme_writer.h.
class LabelMe : public Format
{
public:
    std::string_view name() const override { return "labelme"; }
    std::string_view title() const override { return "LabelMe"; }
    Layout layout() const override { return Layout::Folder; }
    std::string_view limits() const override
    {
        return "LabelMe has no list of categories: those without an object, their ids and their "
               "colours are not kept.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
