// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Cityscapes: a folder, gtFine/SPLIT/CITY/NAME_gtFine_*.png.
///
/// - instanceIds, 16-bit grey: class * 1000 + number for an object of a class that is counted; the
///   class alone for what is not counted, and for crowds.
/// - labelIds, 8-bit grey: the class. color, RGB: its colour.
/// - label_colors.txt, "red green blue name" a line: classes other than Cityscapes' own, from 0 on
///   ("background"), as CVAT writes and reads it. Without it the 35 labels of the original hold.
/// - leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.*: the pictures, when the options want them.
///
/// The city is the picture's folder, or what stands before two numbers of six digits in its name
/// ("aachen_000000_000019"), or "city". The picture's own name is kept as text in instanceIds.png.
///
/// Read: what is not counted is one object a class. NAME_gtFine_polygons.json is read where there
/// are no pictures of numbers; its polygons are filled along the middles of their pixels. gtCoarse
/// is read like gtFine. License plates, whose id is -1, get the next free id.
class Cityscapes : public Format
{
public:
    std::string_view name() const override { return "cityscapes"; }
    std::string_view title() const override { return "Cityscapes"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "A pixel belongs to one object only; regions of a class that is not counted become "
               "one.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
