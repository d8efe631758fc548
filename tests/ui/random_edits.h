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

/// A few proposals, with masks and without.
inline void importAtRandom(ui::Document &document, std::mt19937 &random)
{
    const auto records = std::make_shared<std::vector<project::ProposalRecord>>();
    for (unsigned i = 0; i < 1 + random() % 4; ++i) {
        const auto seed = unsigned(random());
        records->push_back({0,
                            document.images()[seed % document.images().size()].id,
                            "name " + std::to_string(seed % 30),
                            double(seed % 100) / 100,
                            {1, 2, 3.25 + seed % 7, 4},
                            seed % 2 == 0 ? runMask(seed % 1000, 5) : core::Rle(),
                            seed % 3 != 0,
                            core::Id(seed % 4),
                            seed % 5 == 0 ? R"({"source":"detector"})" : ""});
    }
    ui::addProposals(document, records);
}

/// Accepts or rejects one of those that wait.
inline void decideAtRandom(ui::Document &document, std::mt19937 &random)
{
    const std::size_t count = document.proposals().count();
    if (count == 0)
        return;
    const project::ProposalPointer proposal = document.proposals().at(random() % count);
    if (random() % 2 == 0) {
        ui::rejectProposal(document, proposal);
        return;
    }
    project::AnnotationRecord record;
    record.annotation = {0, proposal->imageId, 0, runMask(70, 12), false};
    ui::acceptProposal(document, proposal, record);
}

/// What an import leaves on objects, categories, pictures and the whole.
inline void markAsImportedAtRandom(ui::Document &document, std::mt19937 &random)
{
    ui::DocumentEdit edit;
    const std::string keys = R"({"seed":)" + std::to_string(random() % 1000) + "}";
    edit.foreign = keys;
    edit.imageForeign[document.images()[random() % document.images().size()].id] = keys;
    for (core::Category category : document.categories()) {
        category.isThing = random() % 2 == 0;
        category.foreign = keys;
        edit.categories[category.id] = std::move(category);
    }
    for (const project::AnnotationPointer &record : document.snapshot().annotations) {
        project::AnnotationRecord changed = *record;
        changed.annotation.score = double(random() % 100) / 100;
        changed.annotation.track = core::Id(random() % 9);
        changed.annotation.foreign = keys;
        edit.annotations[record->annotation.id] =
            std::make_shared<const project::AnnotationRecord>(std::move(changed));
    }
    ui::pushEdit(document, std::move(edit), QStringLiteral("Imported"));
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
    switch (random() % 15) {
    case 14:
        markAsImportedAtRandom(document, random);
        break;
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
    case 9:
        importAtRandom(document, random);
        break;
    case 10:
    case 11:
        decideAtRandom(document, random);
        break;
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
