// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// SA-V masklets, read only: a JSON file for each video, with the masks of every object in every
/// fourth frame. The frames are pictures called VIDEO/00000.jpg, VIDEO/00004.jpg, ..., as SA-V's
/// own extracted frames are. Each masklet is a track of its own, numbered from 1 over all files;
/// its number in the file is the foreign key "masklet_id". Where an object is not seen there is no
/// annotation. There are no categories: everything is an "object".
class Sav : public Format
{
public:
    std::string_view name() const override { return "sav"; }
    std::string_view title() const override { return "SA-V masklets"; }
    Layout layout() const override { return Layout::Folder; }
    bool canWrite() const override { return false; }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
};

} // namespace exporters
