// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Label Studio's export "JSON": a list of tasks. Read only. See label_studio_reader.h.
class LabelStudio : public Format
{
public:
    std::string_view name() const override { return "label-studio"; }
    std::string_view title() const override { return "Label Studio"; }
    Layout layout() const override { return Layout::File; }
    bool canWrite() const override { return false; }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
};

} // namespace exporters
