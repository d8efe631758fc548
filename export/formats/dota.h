// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// DOTA's texts, one a picture: labelTxt/x.txt beside images/x.png, or both in a folder for each of
/// train, val and test. A line an object: four corners in pixels (the first pixel spans 0 to 1),
/// the name of its class without spaces, and whether it is difficult. Before them may stand
/// "imagesource:" and "gsd:", the metres a pixel.
///
/// Rotated boxes are read as masks, filled; what is written is the smallest rectangle around the
/// mask, clockwise from the corner at the top left. "difficult", "imagesource" and "gsd" are kept
/// among the foreign keys. Categories are numbered as they first occur.
class Dota : public Format
{
public:
    std::string_view name() const override { return "dota"; }
    std::string_view title() const override { return "DOTA rotated boxes"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "Rotated boxes only; masks are reduced to the smallest rectangle around them. No "
               "categories without objects.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
