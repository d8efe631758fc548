// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/apply_import.h"

#include "ui/editing/edits.h"
#include "ui/editing/palette.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ui
{
namespace
{

/// The document's category ids for the file's; makes, within `edit`, what is missing.
class ImportedCategories
{
public:
    ImportedCategories(Document &document, DocumentEdit &edit) : m_document(document), m_edit(edit)
    {
        for (const core::Category &category : document.categories())
            m_colors.push_back(QColor::fromRgb(category.color));
    }

    void add(const core::Category &category)
    {
        if (!m_idOf.contains(category.id))
            m_idOf.emplace(category.id, find(category));
    }

    /// An annotation may be of a category that its file does not have.
    core::Id of(core::Id fileId)
    {
        if (!m_idOf.contains(fileId))
            add({fileId, "object", {}});
        return m_idOf.at(fileId);
    }

private:
    core::Id find(const core::Category &category)
    {
        const std::string name = category.name.empty() ? "object" : category.name;
        if (const auto made = m_made.find(name); made != m_made.end())
            return made->second;
        if (const core::Id present = m_document.categoryNamed(name)) {
            complete(*m_document.category(present), category);
            return present;
        }
        core::Category added = category;
        added.name = name;
        if (!m_document.takeCategoryId(added.id))
            added.id = m_document.newCategoryId();
        if (added.color == 0)
            added.color = nextColor(m_colors).rgb() & 0xFFFFFF;
        m_colors.push_back(QColor::fromRgb(added.color));
        m_made.emplace(name, added.id);
        return (m_edit.categories[added.id] = std::move(added))->id;
    }

    /// What is known here stays; what is not is taken from the file.
    void complete(core::Category present, const core::Category &category)
    {
        const core::Category before = present;
        if (present.supercategory.empty())
            present.supercategory = category.supercategory;
        if (present.foreign.empty())
            present.foreign = category.foreign;
        if (present != before)
            m_edit.categories[present.id] = std::move(present);
    }

    Document &m_document;
    DocumentEdit &m_edit;
    std::vector<QColor> m_colors;
    std::unordered_map<core::Id, core::Id> m_idOf; ///< by the file's
    std::map<std::string, core::Id> m_made;
};

void addObjects(Document &document, const ImportPlan &plan, ImportedCategories &categories,
                DocumentEdit &edit)
{
    std::vector<project::AnnotationRecord> &records = *plan.objects;
    if (records.empty())
        return;
    const bool idsAreFree =
        document.takeAnnotationIds(records.front().annotation.id, records.back().annotation.id);
    edit.annotations.reserve(edit.annotations.size() + records.size());
    std::vector<project::AnnotationRecord *> renumbered;
    const auto put = [&](project::AnnotationRecord &record) {
        // One owner for all: that costs one step in memory instead of one each.
        edit.annotations[record.annotation.id] = project::AnnotationPointer(plan.objects, &record);
    };
    core::Id last = 0;
    for (project::AnnotationRecord &record : records) {
        core::Annotation &annotation = record.annotation;
        annotation.categoryId = categories.of(annotation.categoryId);
        const bool isTwice = std::exchange(last, annotation.id) == annotation.id;
        if (!idsAreFree || isTwice)
            renumbered.push_back(&record); // after the others: in order, all of it is quick
        else
            put(record);
    }
    for (project::AnnotationRecord *record : renumbered) {
        record->annotation.id = document.newAnnotationId();
        put(*record);
    }
}

} // namespace

bool applyImport(Document &document, const ImportPlan &plan, const QString &text)
{
    DocumentEdit edit;
    ImportedCategories categories(document, edit);
    std::vector<core::Category> inOrder = plan.categories;
    std::ranges::stable_sort(inOrder, {}, &core::Category::id); // so that all ids can be kept
    for (const core::Category &category : inOrder)
        categories.add(category);
    for (const project::AnnotationPointer &record : plan.replaced) {
        const core::Id id = record->annotation.id;
        if (document.annotation(id) == record)
            edit.annotations[id] = nullptr;
    }
    addObjects(document, plan, categories, edit);
    core::Id proposal = document.newProposalIds(plan.proposals->size());
    edit.proposals.put.reserve(plan.proposals->size());
    for (project::ProposalRecord &record : *plan.proposals) {
        record.id = proposal++;
        edit.proposals.put.emplace_back(plan.proposals, &record);
    }
    edit.imageForeign = plan.imageForeign;
    edit.foreign = plan.foreign;
    return pushEdit(document, std::move(edit), text);
}

} // namespace ui
