// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/editing/import_plan.h"

namespace ui
{

/// Brings an import into the document as one step called `text`. Categories are found by name and
/// made where there is none; ids are the file's where the project never had such ones. The plan's
/// objects and proposals are not to be touched any more. False when there is nothing new, or the
/// document refused.
bool applyImport(Document &document, const ImportPlan &plan, const QString &text);

} // namespace ui
