// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_change.h"

#include "core/mask/clean_up.h"
#include "core/mask/components.h"
#include "core/mask/rle_measure.h"
#include "ui/editing/edits.h"

#include <algorithm>

namespace ui
{
namespace
{

bool contains(std::span<const core::Id> ids, core::Id id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Notes a mask that is another than before.
void note(MaskChange &change, const project::AnnotationPointer &record, core::Rle mask)
{
    if (core::area(mask) == 0)
        change.objects.push_back({record, {}});
    else if (mask != core::withoutEmptyRuns(record->annotation.mask))
        change.objects.push_back({record, {std::move(mask)}});
}

bool overlap(const core::PixelRect &a, const core::PixelRect &b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/// Goes from the top of `all` down: what `takes` takes its pixels from all below it that `gives`.
template <typename Takes, typename Gives>
MaskChange taken(const Records &all, Takes takes, Gives gives)
{
    struct Taker {
        const core::Rle *mask;
        core::PixelRect box;
    };
    std::vector<Taker> takers;
    MaskChange change;
    for (auto record = all.rbegin(); record != all.rend(); ++record) {
        const core::Annotation &annotation = (*record)->annotation;
        const core::PixelRect box = core::boundingBox(annotation.mask);
        if (gives(annotation.id)) {
            core::Rle mask = annotation.mask;
            for (const Taker &taker : takers) {
                if (taker.mask->size == mask.size && overlap(taker.box, box))
                    mask = core::combine(mask, *taker.mask, core::SetOperation::Difference);
            }
            if (core::area(mask) != core::area(annotation.mask))
                note(change, *record, std::move(mask));
        }
        if (takes(annotation.id))
            takers.push_back({&annotation.mask, box});
    }
    return change;
}

} // namespace

MaskChange combined(const project::AnnotationPointer &first, const Records &others,
                    core::SetOperation operation)
{
    core::Rle mask = first->annotation.mask;
    for (const project::AnnotationPointer &other : others)
        mask = core::combine(mask, other->annotation.mask, operation);
    MaskChange change;
    note(change, first, std::move(mask));
    if (operation != core::SetOperation::Difference) {
        for (const project::AnnotationPointer &other : others)
            change.objects.push_back({other, {}});
    }
    return change;
}

MaskChange splitIntoParts(const Records &records)
{
    MaskChange change;
    for (const project::AnnotationPointer &record : records) {
        std::vector<core::Rle> parts = core::masksOf(core::findParts(record->annotation.mask));
        if (parts.size() < 2)
            continue;
        std::stable_sort(parts.begin(), parts.end(), [](const core::Rle &a, const core::Rle &b) {
            return core::area(a) > core::area(b);
        });
        change.objects.push_back({record, std::move(parts)});
    }
    return change;
}

MaskChange withoutHoles(const Records &records)
{
    MaskChange change;
    for (const project::AnnotationPointer &record : records)
        note(change, record, core::fillAllHoles(record->annotation.mask));
    return change;
}

MaskChange takenFromBelow(const Records &all, std::span<const core::Id> takers,
                          const std::set<core::Id> &kept)
{
    return taken(
        all, [&](core::Id id) { return contains(takers, id); },
        [&](core::Id id) { return !kept.contains(id); });
}

MaskChange givenToAbove(const Records &all, std::span<const core::Id> givers)
{
    return taken(
        all, [](core::Id) { return true; }, [&](core::Id id) { return contains(givers, id); });
}

std::optional<std::vector<core::Id>> applyChange(Document &document, const MaskChange &change,
                                                 const QString &text)
{
    DocumentEdit edit;
    std::vector<core::Id> results;
    for (const MaskChange::Object &object : change.objects) {
        const core::Id id = object.before->annotation.id;
        if (document.annotation(id) != object.before)
            return std::nullopt;
        if (object.after.empty())
            edit.annotations[id] = nullptr;
        for (std::size_t i = 0; i < object.after.size(); ++i) {
            project::AnnotationRecord record{object.before->annotation, {}};
            record.annotation.id = i == 0 ? id : document.newAnnotationId();
            record.annotation.mask = object.after[i];
            if (i > 0)
                record.annotation.track = 0; // one of a picture is followed
            results.push_back(record.annotation.id);
            edit.annotations[results.back()] =
                std::make_shared<const project::AnnotationRecord>(std::move(record));
        }
    }
    if (!pushEdit(document, std::move(edit), text))
        return std::nullopt;
    return results;
}

} // namespace ui
