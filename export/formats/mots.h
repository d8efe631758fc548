// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Multi-object tracking and segmentation: objects followed through pictures.
///
/// As pictures, a folder: instances/NAME.png, 16-bit grey, class * 1000 + number of the object, and
/// instances/labels.txt, the classes' names a line each, from class 1 on, as CVAT has them. images/
/// holds the pictures, when the options want them.
///
/// As text, when the target ends with .txt: lines "frame id class height width mask", the mask in
/// COCO's compressed run lengths, the id class * 1000 + number. A frame is the number in its
/// picture's name; where two have the same or one has none, they are counted from 0.
///
/// 10000 is a region to ignore: a crowd of the category "ignored". Written: crowds of any category,
/// as long as there are fewer than ten. Without labels.txt, 1 is "car" and 2 "pedestrian".
///
/// A sequence is a folder of pictures, and numbers count within it. Annotation::track is class *
/// 1000 + number, plus 100000 for each sequence before, so that it is one object's in the whole
/// dataset. Written: a track keeps its number where it can; an object that is not followed gets one
/// that no other of the sequence has, from 999 down. Where a dataset has splits, each is a folder
/// with these in it.
class Mots : public Format
{
public:
    std::string_view name() const override { return "mots"; }
    std::string_view title() const override { return "MOTS"; }
    Layout layout() const override { return Layout::Folder; }
    bool knowsSplits() const override { return true; }
    std::string_view limits() const override
    {
        return "A pixel belongs to one object only; a class has at most 999 objects in a sequence.";
    }
    bool recognises(const std::filesystem::path &input) const override;
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    std::stop_token stop, const Progress &progress) const override;
    WriteSummary write(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop,
                       const Progress &progress) const override;
};

} // namespace exporters
