// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"
#include "ui/editing/document.h"

#include <QColor>
#include <QString>

#include <span>
#include <vector>

/// Everything the user can change, each one undo command and one transaction. Read-only documents
/// refuse (Document::editRefused); ids returned are 0 then.
namespace ui
{

/// `record`'s id is given here and returned. Category 0 stands for the first one there is; when
/// there is none, "object" is made in the same step.
/// `text` names the step in the history.
core::Id addAnnotation(Document &document, project::AnnotationRecord record,
                       const QString &text = {});
/// Several as one step; none when refused.
std::vector<core::Id> addAnnotations(Document &document,
                                     std::vector<project::AnnotationRecord> records,
                                     const QString &text = {});
/// Another mask (and prompt, category) under the same id.
void replaceAnnotation(Document &document, project::AnnotationRecord record,
                       const QString &text = {});
void deleteAnnotations(Document &document, std::span<const core::Id> annotations);
void setCategory(Document &document, std::span<const core::Id> annotations, core::Id category);
/// All objects of one image belong to another one, which has the same pixels.
void moveAnnotations(Document &document, core::Id from, core::Id to);

/// An invalid colour takes the next one of the palette. Returns the new id, or the id of the
/// category that has this name already; 0 for an empty name.
core::Id addCategory(Document &document, const QString &name, const QColor &color = {});
/// False, changing nothing, when the name is empty or another category has it.
bool renameCategory(Document &document, core::Id category, const QString &name);
void recolorCategory(Document &document, core::Id category, const QColor &color);
/// With its annotations; undo brings all back.
void deleteCategory(Document &document, core::Id category);

/// What was imported waits for a decision. Ids are given here; quickest when the worst score comes
/// first. Shared, so that taking over a hundred thousand of them costs little; not to be touched
/// any more.
void addProposals(Document &document,
                  const std::shared_ptr<std::vector<project::ProposalRecord>> &records);
/// `record` becomes an object in the place of the proposal, whose score, track and foreign keys it
/// gets. Its category, where there is no such,
/// is the one that the proposal names, made in the same step when it is missing.
core::Id acceptProposal(Document &document, const project::ProposalPointer &proposal,
                        project::AnnotationRecord record);
void rejectProposal(Document &document, const project::ProposalPointer &proposal);

/// Any edit as one undo command named `text`. False when it is empty or refused.
bool pushEdit(Document &document, DocumentEdit edit, const QString &text);

} // namespace ui
