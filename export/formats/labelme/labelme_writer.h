// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Writes one JSON file a picture, named after it: photos/a.jpg is described by photos/a.json, and
/// a photos/a.png beside it by photos/a.png.json. Pictures lie beside when WriteOptions::pictures
/// says so; else `imagePath` leads to WriteOptions::imageFolder, if one is named. `imageData` is
/// null.
///
/// Decision: masks become polygons along the edges of the pixels, one for each part, the parts of
/// one object sharing a group_id; a hole is joined to the outline around it by a line there and
/// back, which encloses nothing. Every version of labelme opens that, shows holes as holes, and the
/// way back through readLabelMe() gives the very same pixels. Refused: mask shapes, which
/// hold every pixel in labelme's own words, as the only form. labelme 5.1, which Debian has, reads
/// such a file and then ends with "Unexpected shape_type: mask" when its window shows it. They are
/// there as WriteOptions::maskShapes.
/// What labelme's own conversion scripts make of a polygon is not exact, whoever wrote it: they
/// draw a line of one pixel along the outline, which adds pixels at the right and lower border and
/// makes holes smaller. Of some objects with many holes and crumbs they lose pixels, too (5 of 178
/// random ones under labelme 5.1; its window showed all 178 to the pixel).
///
/// A box alone is a rectangle. Score, crowd mark and track are written as "score", "iscrowd" and
/// "track_id", which labelme keeps. Errors as of Format::write().
WriteSummary writeLabelMe(AnnotationSource &source, const std::filesystem::path &target,
                          const WriteOptions &options, std::stop_token stop,
                          const Progress &progress);

} // namespace exporters
