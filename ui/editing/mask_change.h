// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_merge.h"
#include "ui/editing/document.h"

#include <QString>

#include <optional>
#include <set>
#include <span>
#include <vector>

/// What the operations on whole masks make of annotations. They work on records, which never
/// change, so they may run on any thread; applyChange() brings what they made into the document.
namespace ui
{

using Records = std::vector<project::AnnotationPointer>;

struct MaskChange {
    struct Object {
        project::AnnotationPointer before;
        /// Empty: it goes. One: its new mask. Several: the first keeps the id, each other becomes
        /// an annotation of its own, of the same category.
        std::vector<core::Rle> after;
    };
    std::vector<Object> objects; ///< only those that change
    bool isEmpty() const { return objects.empty(); }
};

/// `first` gets the pixels of the operation done with all `others`, one after the other; they go,
/// but for Difference, where they stay as they are. Where `first` would have no pixel left, it
/// goes.
MaskChange combined(const project::AnnotationPointer &first, const Records &others,
                    core::SetOperation operation);

/// Objects of several parts (8-connected), taken apart; the largest part comes first.
MaskChange splitIntoParts(const Records &records);

MaskChange withoutHoles(const Records &records);

/// `all`: the annotations of a picture in the order of painting. Each that lies below one of
/// `takers` loses the pixels they have in common, and goes when it has no other; those in `kept`
/// are left alone.
MaskChange takenFromBelow(const Records &all, std::span<const core::Id> takers,
                          const std::set<core::Id> &kept);
/// Each of `givers` loses the pixels it has in common with what lies above it.
MaskChange givenToAbove(const Records &all, std::span<const core::Id> givers);

/// One undo command and one transaction. Returns the annotations that the objects became; nothing
/// when one of them is not what it was any more, or the document takes no edits.
std::optional<std::vector<core::Id>> applyChange(Document &document, const MaskChange &change,
                                                 const QString &text);

} // namespace ui
