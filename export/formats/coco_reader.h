// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Reads COCO instances. Masks may be compressed or plain run lengths or lists of polygons (whose
/// union it is, as in pycocotools). Unknown keys are skipped, in any order of the lists. Ids are
/// kept; an id 0, which our datasets do not have, becomes the next free one. Backslashes in file
/// names become slashes; whether a name leads out of the image folder is for resolveImagePath() to
/// refuse. Annotations without segmentation are left out with a note.
///
/// Throws core::Error(FileNotFound, FileUnreadable, Cancelled), and BadDataset with file and place
/// for what is no such file: damaged JSON, missing keys, ids used twice or naming nothing, masks of
/// another size than their image, damaged run lengths.
ReadResult readCoco(const std::filesystem::path &file, std::stop_token stop = {},
                    const Progress &progress = {});

} // namespace exporters
