// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/segmentation/generated_mask.h"
#include "ui/editing/everything_search.h"
#include "ui/editing/proposal_map.h"

#include <memory>
#include <vector>

namespace ui
{

/// A mask that is offered, not yet an object.
struct Proposal {
    std::shared_ptr<const core::Rle> mask;
    core::Box box;      ///< around it, picture pixels
    double quality = 0; ///< predicted IoU
};

/// What is offered in one picture, ready to be shown.
struct ProposalSet {
    std::vector<Proposal> proposals;
    std::shared_ptr<const ProposalMap> map; ///< of the same order; null: nothing is offered
};

/// An annotation like a proposal beyond this IoU makes the proposal superfluous.
inline constexpr double duplicateIou = 0.8;

/// The finds that pass and are no annotation yet; for the GUI thread only where there are few.
ProposalSet offerFound(const FoundMasks &found, const core::MaskThresholds &thresholds,
                       std::span<const core::Rle *const> annotations, core::Size picture);

} // namespace ui
