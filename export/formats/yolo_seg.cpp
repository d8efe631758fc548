// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo_seg.h"

#include "export/formats/yolo/yolo_folder.h"
#include "export/formats/yolo/yolo_reader.h"
#include "export/formats/yolo/yolo_writer.h"
#include "export/outlines/object_outlines.h"

namespace exporters
{
namespace
{

bool readOutline(std::span<const double> numbers, core::Size size, core::Annotation &annotation,
                 const FindingPlace &place)
{
    if (numbers.size() < 6 || numbers.size() % 2 != 0) {
        place.error("yolo-points", "an outline has an x and a y for each of three points or more, "
                                   "but here are " +
                                       std::to_string(numbers.size()) +
                                       " numbers; the object was left out.");
        return false;
    }
    return areShares(numbers, place) && fillShares(numbers, size, annotation, place);
}

} // namespace

bool YoloSeg::recognises(const std::filesystem::path &input) const
{
    return glimpseYolo(input) == YoloKind::Outlines;
}

ReadResult YoloSeg::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    return readYolo(input, options, stop, progress, readOutline);
}

WriteSummary YoloSeg::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, std::stop_token stop,
                            const Progress &progress) const
{
    WriteSummary summary;
    ObjectOutlines outlines(options, summary);
    writeYolo(source, target, options, stop, progress, summary,
              [&](const core::ImageRecord &, const core::Annotation &annotation) {
                  core::Ring ring;
                  if (annotation.hasMask())
                      ring = outlines.ringOf(annotation.mask);
                  if (ring.empty())
                      summary.lose(annotation.hasMask() || !annotation.box
                                       ? "objects without a pixel were left out"
                                       : "boxes without a mask were left out");
                  return ring;
              });
    outlines.tell();
    return summary;
}

} // namespace exporters
