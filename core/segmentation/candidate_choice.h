// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/mask_candidate.h"
#include "core/segmentation/mask_postprocessing.h"

#include <cstddef>
#include <optional>
#include <span>

namespace core
{

/// Which of three candidates, by their size: the question that one click leaves open is mostly one
/// of part and whole.
enum class CandidateSize { Smallest, Middle, Largest };

/// Where a candidate of three or more stands; nothing when there are fewer. Those of equal area
/// count in their order.
std::optional<CandidateSize> candidateSize(std::span<const MaskCandidate> candidates,
                                           std::size_t index);

/// The candidate of this size; the one of highest predicted IoU when there are fewer than three or
/// no size is wanted.
std::size_t preferredCandidate(std::span<const MaskCandidate> candidates,
                               std::optional<CandidateSize> size);

/// The same among answers without masks, whose areas are only worked out where they count.
std::size_t preferredCandidate(std::span<const ScoredLogits> answers, const InputGeometry &geometry,
                               std::optional<CandidateSize> size);

/// What was last shown under the pointer.
struct ShownCandidate {
    LowResLogits logits;
    MaskBlock mask;
    Size picture;
    ImagePoint position;
};

/// The candidate to show at `position` after `last` was shown: the one that agrees with it best, so
/// that a preview does not jump between part and whole while the pointer goes over one object.
/// `otherwise` when the pointer left that mask or made a leap, or when none agrees by half.
std::size_t consistentCandidate(std::span<const MaskCandidate> candidates,
                                const ShownCandidate &last, ImagePoint position,
                                std::size_t otherwise);
std::size_t consistentCandidate(std::span<const ScoredLogits> answers, const ShownCandidate &last,
                                ImagePoint position, std::size_t otherwise);

} // namespace core
