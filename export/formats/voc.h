// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Pascal VOC: a folder.
///
///     JPEGImages/              the pictures, when the options want them
///     Annotations/NAME.xml     size, and every object with its box (whole pixels, counted from 1)
///     ImageSets/Main/SPLIT.txt names of pictures; Segmentation/SPLIT.txt: of those with masks
///     SegmentationClass/NAME.png   8-bit indexed: classes in the order of labelmap.txt
///     SegmentationObject/NAME.png  8-bit indexed: the objects of the picture, 1, 2, ...
///     labelmap.txt             "name:red,green,blue::"
///
/// Written: both maps without a void border, in VOC's colours; the box of an object is that of the
/// pixels it has in the map. Objects beyond the 254th of a picture, and boxes without a mask, stand
/// in the XML alone.
///
/// Read: an object of the map takes its class from the class map, where most of its pixels are, and
/// pose, difficult and what else there is from the XML's object that overlaps it best. Objects of
/// the XML that no mask takes are boxes alone. The void (255) is nothing. Without an object map,
/// all pixels of a class are one object. Plain RGB in the colours of the palette or of labelmap.txt
/// is read, too. Category ids are the indices of the class map.
class Voc : public Format
{
public:
    std::string_view name() const override { return "voc"; }
    std::string_view title() const override { return "Pascal VOC"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "A pixel belongs to one object only, a picture has at most 254 objects with masks, "
               "and colours are those of VOC.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
