// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QList>

namespace ui
{

class ImageListModel;

/// The images that someone who went from `last` to `current` will probably open next, nearest
/// first: on in the same direction, forwards at the start. At most `count`; fewer at the ends.
QList<core::Id> imagesAhead(const ImageListModel &images, core::Id last, core::Id current,
                            int count = 2);

} // namespace ui
