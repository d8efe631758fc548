// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/segmentation/brush_prompt.h"
#include "core/segmentation/prompt.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace project
{

/// What the user pointed at to get a mask, kept so that the object can be refined later. Logits are
/// not kept: they belong to one model, and are had again by asking.
struct PromptRecord {
    std::vector<core::PointPrompt> points;
    std::optional<core::Box> box;
    std::vector<core::BrushStroke> strokes;
    float threshold = 0; ///< at which the logits were cut, see maskThreshold

    /// Whether nothing was pointed at.
    bool isEmpty() const { return points.empty() && !box && strokes.empty(); }
    bool operator==(const PromptRecord &) const = default;
};

struct AnnotationRecord {
    core::Annotation annotation;
    PromptRecord prompt; ///< empty for masks that were drawn or imported
    bool operator==(const AnnotationRecord &) const = default;
};

/// Annotations never change, they are replaced: the window, the undo stack, the queue to the disk
/// and a running export all hold the same one.
using AnnotationPointer = std::shared_ptr<const AnnotationRecord>;

/// What a detector suggests: no object until somebody accepts it.
struct ProposalRecord {
    core::Id id = 0;
    core::Id imageId = 0;
    std::string category; ///< by name: it may be one that no object has yet
    double score = 0;     ///< how sure the detector is, most often 0 to 1; finite
    core::Box box;        ///< picture pixels, corner to corner
    core::Rle mask;       ///< without counts: a box alone
    bool isScored = true; ///< otherwise the file had no score, and this one is for the order alone
    core::Id track = 0;   ///< as those of core::Annotation
    core::ForeignKeys foreign = {};
    bool isCrowd = false; ///< as that of core::Annotation
    bool operator==(const ProposalRecord &) const = default;

    bool hasMask() const { return !mask.counts.empty(); }
};

/// Never changes either. Those that came together share one owner, so that handing round a hundred
/// thousand of them costs little.
using ProposalPointer = std::shared_ptr<const ProposalRecord>;

} // namespace project
