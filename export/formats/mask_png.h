// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// One picture of numbers for each picture, and a table that says what they are: a folder of our
/// own.
///
///     classes.json            {"classes": [...], "pictures": [...]}
///     classes/NAME.png        the class of each pixel, 0 for none: 8-bit indexed in the classes'
///                             colours, or 16-bit grey when there is a class above 255
///     instances/NAME.png      the object of each pixel: 16-bit grey, 1, 2, ... in each picture
///     images/                 the pictures, when the options want them
///
/// A class: {"id": 3, "name": "cat", "supercategory": "animal", "color": "#ff8000", "thing": true};
/// its id is the value in classes/. A picture: {"id", "file_name", "width", "height", "split",
/// "classes_file", "instances_file", "instances": [{"value": 1, "class": 3, "id", "crowd", "track",
/// "score"}]}. Unknown keys are kept. A trainer of classes needs classes/ and the table's ids
/// alone.
///
/// Read: the objects are those of instances/. From elsewhere comes any folder with PNGs in it, with
/// or without the list "classes": then all pixels of a value are one object, of the class of that
/// id or, where the table has none, "class 7". Colour PNGs are read with the colours of the table
/// ("#rrggbb" or [red, green, blue]).
class MaskPng : public Format
{
public:
    std::string_view name() const override { return "mask-png"; }
    std::string_view title() const override { return "Mask pictures (PNG)"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "A pixel belongs to one object only; boxes without a mask are left out.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
