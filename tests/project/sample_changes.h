// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/project/change_set.h"

/// Small projects for the tests of this folder.
inline project::AnnotationPointer makeAnnotation(core::Id id, core::Id image, core::Id category,
                                                 int seed)
{
    core::Mask mask({7, 5});
    for (int i = 0; i < 35; ++i)
        mask.pixels[std::size_t(i)] = (i * 7 + seed) % 3 == 0;
    project::AnnotationRecord record;
    record.annotation = {id, image, category, core::encode(mask), seed % 2 == 1};
    record.prompt.points.push_back({{0.1 + seed, 1.0 / 3}, core::PointLabel::Background});
    record.prompt.box = core::Box{1, 2, 3.5, 4};
    record.prompt.strokes.push_back({{{1, 1}, {2, 2.25}}, 3.5, core::PointLabel::Foreground});
    return std::make_shared<const project::AnnotationRecord>(std::move(record));
}

inline project::ChangeSet sampleChanges()
{
    project::ChangeSet changes;
    changes.putImages = {{1, "a.jpg", {7, 5}}, {2, "Fr\u00fchling/b \u6f22.png", {}}};
    changes.putCategories = {{1, "car", "vehicle", 0xE69F00}, {2, "\u4eba", "", 0x0072B2}};
    changes.putAnnotations = {makeAnnotation(1, 1, 1, 0), makeAnnotation(2, 1, 2, 1)};
    return changes;
}

inline bool sameAnnotations(const std::vector<project::AnnotationPointer> &a,
                            const std::vector<project::AnnotationPointer> &b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](const auto &x, const auto &y) { return *x == *y; });
}
