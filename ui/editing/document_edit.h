// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"
#include "ui/editing/annotation_edit.h"
#include "ui/editing/proposal_table.h"

#include <map>
#include <optional>

namespace ui
{

/// What one action puts in the place of what is there, by id; an empty value takes it away.
/// Applying an edit gives the edit that reverses it, so undo and redo are the same exchange.
struct DocumentEdit {
    AnnotationEdit annotations;
    std::map<core::Id, std::optional<core::Category>> categories;
    ProposalEdit proposals;
    /// What files say of images and of the whole dataset beyond what is shown; images stay theirs.
    std::map<core::Id, core::ForeignKeys> imageForeign;
    std::optional<core::ForeignKeys> foreign;

    bool isEmpty() const
    {
        return annotations.empty() && categories.empty() && proposals.isEmpty() &&
               imageForeign.empty() && !foreign;
    }
};

} // namespace ui
