// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"
#include "ui/editing/proposal_table.h"

#include <stop_token>
#include <vector>

namespace ui
{

/// An object whose mask, or whose box where the proposal is one, is like the proposal's beyond this
/// IoU makes the proposal superfluous: it was accepted, or drawn by hand.
inline constexpr double sameObjectIou = 0.9;

/// Of proposals that were left out.
struct KnownProposals {
    std::size_t waiting = 0; ///< the same one waits for a decision
    std::size_t objects = 0; ///< is an object already
};

/// Takes out of `records` what a project has already, so that importing a file twice adds nothing.
/// The same proposal: image, category and box or mask are equal. The order stays. For a background
/// thread. Throws Error(Cancelled).
KnownProposals dropKnown(std::vector<project::ProposalRecord> &records,
                         const ProposalTable &waiting,
                         const std::vector<project::AnnotationPointer> &objects,
                         std::stop_token stop = {});

} // namespace ui
