// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_match.h"

#include "export/files/picture_names.h"

namespace exporters
{

PictureMatch matchPictures(std::span<const core::ImageRecord> theirs,
                           std::span<const core::ImageRecord> ours)
{
    const PictureNames names(ours);
    PictureMatch match;
    for (const core::ImageRecord &image : theirs) {
        if (const core::ImageRecord *found = names.find(image.fileName))
            match.idOf.emplace(image.id, found->id);
        else if (names.isAmbiguous(image.fileName))
            match.ambiguous.push_back(image.fileName);
        else
            match.missing.push_back(image.fileName);
    }
    return match;
}

} // namespace exporters
