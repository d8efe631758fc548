// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"
#include "export/formats/coco/coco_annotation.h"

namespace exporters
{

/// Reads COCO instances. Masks may be compressed or plain run lengths or lists of polygons (whose
/// union it is, as in pycocotools); without a segmentation a "bbox" is a box alone. The lists come
/// in any order. Unknown keys are kept as foreign ones, of the file as a whole, too; "score" and
/// "track_id" are the annotation's, "isthing" the category's. Backslashes in file names become
/// slashes; whether a name leads out of the image folder is for resolveImagePath() to refuse.
///
/// Ids are kept; an id 0, which our datasets do not have, becomes the next free one, and so does
/// an annotation's that is missing, is no number or was used before: nothing refers to it. An entry
/// that breaks the format otherwise is left out with a finding, and what refers to it, too.
///
/// `check` is asked about every annotation that could be read.
///
/// Throws core::Error(FileNotFound, FileUnreadable, Cancelled), and BadDataset with file and place
/// for what is no such file as a whole: damaged JSON, or no "images" and "annotations" in it.
ReadResult readCoco(const std::filesystem::path &file, std::stop_token stop = {},
                    const Progress &progress = {}, const CocoCheck &check = {});

} // namespace exporters
