// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/edits.h"

#include "ui/editing/annotation_name.h"
#include "ui/editing/palette.h"

#include <QCoreApplication>

#include <vector>

namespace ui
{
namespace
{

/// Owns the state that is not on screen; redo and undo are the same exchange.
class EditCommand : public QUndoCommand
{
public:
    EditCommand(Document &document, DocumentEdit edit, const QString &text)
        : QUndoCommand(text), m_document(document), m_edit(std::move(edit))
    {
    }
    ~EditCommand() override
    {
        if (m_edit.annotations.size() + m_edit.proposals.put.size() +
                m_edit.proposals.taken.size() >
            1000)
            m_document.dispose(std::make_shared<const DocumentEdit>(std::move(m_edit)));
    }
    void redo() override { m_edit = m_document.exchange(std::move(m_edit)); }
    void undo() override { redo(); }

private:
    Document &m_document;
    DocumentEdit m_edit;
};

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("edits", text, nullptr, count);
}

QColor unusedColor(const Document &document)
{
    std::vector<QColor> used;
    for (const core::Category &category : document.categories())
        used.push_back(QColor::fromRgb(category.color));
    return nextColor(used);
}

core::Color toCore(const QColor &color)
{
    return color.rgb() & 0xFFFFFF;
}

core::Category makeCategory(Document &document, const std::string &name, const QColor &color)
{
    const QColor chosen = color.isValid() ? color : unusedColor(document);
    return {document.newCategoryId(), name, {}, toCore(chosen)};
}

/// The first one there is; when there is none, one that `edit` makes.
core::Id firstCategory(Document &document, DocumentEdit &edit)
{
    const std::vector<core::Category> categories = document.categories();
    if (!categories.empty())
        return categories.front().id;
    const core::Category category = makeCategory(document, "object", {});
    edit.categories[category.id] = category;
    return category.id;
}

QString nameOf(const Document &document, const DocumentEdit &edit, core::Id category)
{
    if (const core::Category *present = document.category(category))
        return QString::fromStdString(present->name);
    const auto added = edit.categories.find(category);
    return added != edit.categories.end() && added->second
               ? QString::fromStdString(added->second->name)
               : QString();
}

} // namespace

bool pushEdit(Document &document, DocumentEdit edit, const QString &text)
{
    if (edit.isEmpty())
        return false;
    return document.push(new EditCommand(document, std::move(edit), text));
}

core::Id addAnnotation(Document &document, project::AnnotationRecord record, const QString &text)
{
    std::vector<project::AnnotationRecord> one;
    one.push_back(std::move(record));
    const std::vector<core::Id> ids = addAnnotations(document, std::move(one), text);
    return ids.empty() ? 0 : ids.front();
}

std::vector<core::Id> addAnnotations(Document &document,
                                     std::vector<project::AnnotationRecord> records,
                                     const QString &text)
{
    DocumentEdit edit;
    core::Id fallback = 0;
    std::vector<core::Id> ids;
    QString name;
    for (project::AnnotationRecord &record : records) {
        core::Id &category = record.annotation.categoryId;
        if (!document.category(category)) {
            if (fallback == 0)
                fallback = firstCategory(document, edit);
            category = fallback;
        }
        name = nameOf(document, edit, category);
        const core::Id id = document.newAnnotationId();
        record.annotation.id = id;
        edit.annotations[id] = std::make_shared<const project::AnnotationRecord>(std::move(record));
        ids.push_back(id);
    }
    const int count = int(ids.size());
    const QString step = !text.isEmpty() ? text
                         : count == 1    ? tr("Add %1").arg(name)
                                         : tr("Add %n objects", count);
    return pushEdit(document, std::move(edit), step) ? ids : std::vector<core::Id>();
}

void replaceAnnotation(Document &document, project::AnnotationRecord record, const QString &text)
{
    DocumentEdit edit;
    const core::Id id = record.annotation.id;
    const QString name = annotationName(document, record.annotation);
    edit.annotations[id] = std::make_shared<const project::AnnotationRecord>(std::move(record));
    pushEdit(document, std::move(edit), text.isEmpty() ? tr("Change %1").arg(name) : text);
}

void deleteAnnotations(Document &document, std::span<const core::Id> annotations)
{
    DocumentEdit edit;
    for (const core::Id id : annotations) {
        if (document.annotation(id))
            edit.annotations[id] = nullptr;
    }
    const int count = int(edit.annotations.size());
    const QString text =
        count == 1 ? tr("Delete %1").arg(annotationName(document, edit.annotations.begin()->id))
                   : tr("Delete %n objects", count);
    pushEdit(document, std::move(edit), text);
}

void setCategory(Document &document, std::span<const core::Id> annotations, core::Id category)
{
    DocumentEdit edit;
    for (const core::Id id : annotations) {
        const project::AnnotationPointer record = document.annotation(id);
        if (!record || record->annotation.categoryId == category)
            continue;
        project::AnnotationRecord changed = *record;
        changed.annotation.categoryId = category;
        edit.annotations[id] =
            std::make_shared<const project::AnnotationRecord>(std::move(changed));
    }
    pushEdit(document, std::move(edit), tr("Category %1").arg(nameOf(document, {}, category)));
}

void moveAnnotations(Document &document, core::Id from, core::Id to)
{
    DocumentEdit edit;
    for (const project::AnnotationPointer &record : document.annotations(from)) {
        project::AnnotationRecord moved = *record;
        moved.annotation.imageId = to;
        edit.annotations[moved.annotation.id] =
            std::make_shared<const project::AnnotationRecord>(std::move(moved));
    }
    pushEdit(document, std::move(edit), tr("Move objects to another picture"));
}

core::Id addCategory(Document &document, const QString &name, const QColor &color)
{
    const std::string trimmed = name.trimmed().toStdString();
    if (trimmed.empty())
        return 0;
    if (const core::Id existing = document.categoryNamed(trimmed))
        return existing;
    const core::Category category = makeCategory(document, trimmed, color);
    DocumentEdit edit;
    edit.categories[category.id] = category;
    pushEdit(document, std::move(edit), tr("Add category %1").arg(QString::fromStdString(trimmed)));
    return document.category(category.id) ? category.id : 0;
}

bool renameCategory(Document &document, core::Id category, const QString &name)
{
    const core::Category *present = document.category(category);
    const std::string trimmed = name.trimmed().toStdString();
    if (!present || trimmed.empty())
        return false;
    if (present->name == trimmed)
        return true;
    if (document.categoryNamed(trimmed) != 0)
        return false;
    DocumentEdit edit;
    edit.categories[category] = *present;
    edit.categories[category]->name = trimmed;
    pushEdit(document, std::move(edit),
             tr("Rename category to %1").arg(QString::fromStdString(trimmed)));
    return true;
}

void recolorCategory(Document &document, core::Id category, const QColor &color)
{
    const core::Category *present = document.category(category);
    if (!present || !color.isValid() || present->color == toCore(color))
        return;
    DocumentEdit edit;
    edit.categories[category] = *present;
    edit.categories[category]->color = toCore(color);
    pushEdit(document, std::move(edit),
             tr("Recolour %1").arg(QString::fromStdString(present->name)));
}

void deleteCategory(Document &document, core::Id category)
{
    if (!document.category(category))
        return;
    const QString text = tr("Delete category %1").arg(nameOf(document, {}, category));
    DocumentEdit edit;
    edit.categories[category] = std::nullopt;
    for (const project::AnnotationPointer &record : document.annotationsOfCategory(category))
        edit.annotations[record->annotation.id] = nullptr;
    pushEdit(document, std::move(edit), text);
}

void addProposals(Document &document,
                  const std::shared_ptr<std::vector<project::ProposalRecord>> &records)
{
    DocumentEdit edit;
    edit.proposals.put.reserve(records->size());
    core::Id id = document.newProposalIds(records->size());
    for (project::ProposalRecord &record : *records) {
        record.id = id++;
        edit.proposals.put.emplace_back(records, &record);
    }
    pushEdit(document, std::move(edit), tr("Import %n proposals", int(records->size())));
}

core::Id acceptProposal(Document &document, const project::ProposalPointer &proposal,
                        project::AnnotationRecord record)
{
    DocumentEdit edit;
    core::Id &category = record.annotation.categoryId;
    if (!document.category(category))
        category = document.categoryNamed(proposal->category);
    if (category == 0) {
        const core::Category made = makeCategory(document, proposal->category, {});
        category = made.id;
        edit.categories[made.id] = made;
    }
    const core::Id id = document.newAnnotationId();
    record.annotation.id = id;
    if (proposal->isScored)
        record.annotation.score = proposal->score;
    record.annotation.track = proposal->track;
    record.annotation.isCrowd = proposal->isCrowd;
    record.annotation.foreign = proposal->foreign;
    const QString text = tr("Accept proposed %1").arg(nameOf(document, edit, category));
    edit.annotations[id] = std::make_shared<const project::AnnotationRecord>(std::move(record));
    if (document.proposals().contains(*proposal))
        edit.proposals.taken.push_back(proposal);
    return pushEdit(document, std::move(edit), text) ? id : 0;
}

void rejectProposal(Document &document, const project::ProposalPointer &proposal)
{
    DocumentEdit edit;
    if (document.proposals().contains(*proposal))
        edit.proposals.taken.push_back(proposal);
    pushEdit(document, std::move(edit),
             tr("Reject proposed %1").arg(QString::fromStdString(proposal->category)));
}

} // namespace ui
