// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "picture_folder.h"
#include "ui/editing/edits.h"

/// A folder of three pictures, open in a document, and objects drawn in them.
class DrawnProject
{
public:
    PictureFolder folder{3};
    ui::Document document;

    DrawnProject() { folder.openIn(document); }
    core::Id imageId(int index) const { return document.images()[std::size_t(index)].id; }

    /// Ten pixels of the picture, from number `first` on.
    core::Id draw(int image, unsigned first)
    {
        project::AnnotationRecord record;
        record.annotation = {0, imageId(image), 0, runMask(first, 10), false};
        return ui::addAnnotation(document, record);
    }
};
