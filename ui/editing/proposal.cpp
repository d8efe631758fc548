// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/proposal.h"

#include "core/geometry/box_overlap.h"
#include "core/mask/rle_measure.h"

#include <algorithm>

namespace ui
{
namespace
{

struct Known {
    const core::Rle *mask;
    core::Box box;
};

core::Box outerBox(const core::PixelRect &rect)
{
    return {double(rect.x), double(rect.y), double(rect.x + rect.width),
            double(rect.y + rect.height)};
}

bool isKnown(const core::Rle &mask, const core::Box &box, std::span<const Known> known)
{
    // Comparing boxes costs next to nothing.
    return std::any_of(known.begin(), known.end(), [&](const Known &one) {
        return core::iou(one.box, box) > 0 && core::iou(mask, *one.mask) > duplicateIou;
    });
}

} // namespace

ProposalSet offerFound(const FoundMasks &found, const core::MaskThresholds &thresholds,
                       std::span<const core::Rle *const> annotations, core::Size picture)
{
    std::vector<Known> known;
    for (const core::Rle *mask : annotations)
        if (mask->size == picture)
            known.push_back({mask, outerBox(core::boundingBox(*mask))});

    ProposalSet set;
    std::vector<const core::Rle *> masks;
    for (const std::size_t i : core::filterMasks(*found, thresholds)) {
        const core::GeneratedMask &mask = (*found)[i];
        const core::Box box{mask.box.x0, mask.box.y0, mask.box.x1 + 1, mask.box.y1 + 1};
        if (mask.mask.size != picture || isKnown(mask.mask, box, known))
            continue;
        // Shares the ownership of all finds: nothing is copied.
        set.proposals.push_back(
            {std::shared_ptr<const core::Rle>(found, &mask.mask), box, mask.predictedIou});
        masks.push_back(&mask.mask);
    }
    if (!masks.empty())
        set.map = std::make_shared<const ProposalMap>(makeProposalMap(masks, picture));
    return set;
}

} // namespace ui
