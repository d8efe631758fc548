// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/proposal_map.h"

#include <QColor>
#include <QImage>

#include <span>

namespace ui
{

class ViewTransform;

/// How one proposal is shown; premultiplied ARGB.
struct ProposalLook {
    QRgb fill = 0;
    QRgb line = 0;
};

/// The map as coloured pixels for the view, `looks` by index, with a line of one screen pixel where
/// one proposal ends and another or none begins. The cost follows the window, not the picture nor
/// the number of proposals.
QImage renderProposals(const ProposalMap &map, std::span<const ProposalLook> looks,
                       const ViewTransform &transform);

} // namespace ui
