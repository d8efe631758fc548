// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Reads a folder of LabelMe files with its subfolders, or one file. Shapes of the same label and
/// group_id are one object, their pixels united. Pictures are called as they lie in the folder
/// (`imagePath` counts from the JSON file); one outside of it by what is left of its path.
///
/// "score", "iscrowd" and "track_id" of a shape are understood. Its other unknown keys, flags,
/// description and group_id go to the annotation's foreign keys, those of the file to the image's;
/// embedded pictures ("imageData") are not kept. Files that do not say how large their picture is
/// take it from the picture: embedded, in ReadOptions::imageFolder or in the folder.
/// Errors as of Format::read().
ReadResult readLabelMe(const std::filesystem::path &input, const ReadOptions &options,
                       std::stop_token stop, const Progress &progress);

} // namespace exporters
