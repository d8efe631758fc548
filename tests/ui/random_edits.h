// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "picture_folder.h"
#include "ui/editing/edits.h"
#include "ui/editing/mask_change.h"

#include <QColor>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

/// One random operation on the masks of the image that an annotation is on.
inline ui::MaskChange maskChangeAtRandom(const ui::Document &document, core::Id annotation,
                                         std::mt19937 &random)
{
    const project::AnnotationPointer record = document.annotation(annotation);
    const ui::Records all = document.annotations(record->annotation.imageId);
    const std::array chosen{annotation};
    switch (random() % 5) {
    case 0: {
        constexpr std::array operations{core::SetOperation::Union, core::SetOperation::Difference,
                                        core::SetOperation::Intersection};
        ui::Records others = all;
        std::erase(others, record);
        others.resize(std::min<std::size_t>(others.size(), 2));
        return ui::combined(record, others, operations[random() % operations.size()]);
    }
    case 1:
        return ui::splitIntoParts({record});
    case 2:
        return ui::withoutHoles(all);
    case 3:
        return ui::takenFromBelow(all, chosen, {});
    default:
        return ui::givenToAbove(all, chosen);
    }
}

/// One random edit out of all that edits.h and mask_change.h have; some of them change nothing and
/// push nothing. The number of objects stays in the tens.
inline void editAtRandom(ui::Document &document, std::mt19937 &random)
{
    const auto pick = [&random](std::size_t count) { return count == 0 ? 0 : random() % count; };
    std::vector<core::Id> annotations;
    for (const auto &record : document.snapshot().annotations)
        annotations.push_back(record->annotation.id);
    std::vector<core::Id> categories;
    for (const core::Category &category : document.categories())
        categories.push_back(category.id);
    const core::Id annotation = annotations.empty() ? 0 : annotations[pick(annotations.size())];
    const core::Id category = categories.empty() ? 0 : categories[pick(categories.size())];
    const QString name = QStringLiteral("name %1").arg(random() % 30);
    switch (random() % 11) {
    case 0:
        ui::addCategory(document, name);
        break;
    case 1:
        ui::renameCategory(document, category, name);
        break;
    case 2:
        ui::recolorCategory(document, category, QColor::fromRgb(unsigned(random()) & 0xFFFFFF));
        break;
    case 3:
        if (random() % 4 == 0)
            ui::deleteCategory(document, category);
        break;
    case 4:
        if (const auto record = document.annotation(annotation)) {
            project::AnnotationRecord changed = *record;
            changed.annotation.mask = runMask(unsigned(random() % 1000), 7);
            changed.annotation.isCrowd = random() % 2 == 0;
            ui::replaceAnnotation(document, changed);
        }
        break;
    case 5: {
        const auto count = std::ptrdiff_t(pick(annotations.size() + 1) / 2);
        ui::deleteAnnotations(document,
                              std::vector(annotations.begin(), annotations.begin() + count));
        break;
    }
    case 6:
        ui::setCategory(document, annotations, category);
        break;
    case 7:
        if (annotation)
            ui::applyChange(document, maskChangeAtRandom(document, annotation, random),
                            QStringLiteral("Masks"));
        break;
    case 8: {
        project::AnnotationRecord record;
        record.annotation = {0, document.images().front().id, category, runMask(50, 9), true};
        ui::addAnnotations(document, {record, record}, QStringLiteral("Two at once"));
        break;
    }
    default: {
        const auto seed = unsigned(random());
        project::AnnotationRecord record;
        record.annotation = {0, document.images()[seed % document.images().size()].id, category,
                             runMask(seed % 1000, 1 + seed % 500), false};
        record.prompt.points.push_back({{double(seed % 60), 3}, core::PointLabel::Foreground});
        if (seed % 3 == 0)
            record.prompt.box = core::Box{1, 2, 3.25 + seed % 7, 4};
        if (seed % 5 == 0)
            record.prompt.strokes.push_back({{{1, 1}, {2.5, 2}}, 3, core::PointLabel::Background});
        ui::addAnnotation(document, std::move(record));
    }
    }
}
