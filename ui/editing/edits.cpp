// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/edits.h"

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

void push(Document &document, DocumentEdit edit, const QString &text)
{
    if (!edit.annotations.empty() || !edit.categories.empty())
        document.push(new EditCommand(document, std::move(edit), text));
}

core::Id idOf(const Document &document, const std::string &name)
{
    for (const core::Category &category : document.categories()) {
        if (category.name == name)
            return category.id;
    }
    return 0;
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

} // namespace

core::Id addAnnotation(Document &document, project::AnnotationRecord record, const QString &text)
{
    const core::Id id = document.newAnnotationId();
    record.annotation.id = id;
    DocumentEdit edit;
    if (!document.category(record.annotation.categoryId)) {
        const std::vector<core::Category> categories = document.categories();
        const core::Category category =
            categories.empty() ? makeCategory(document, "object", {}) : categories.front();
        record.annotation.categoryId = category.id;
        if (categories.empty())
            edit.categories[category.id] = category;
    }
    edit.annotations[id] = std::make_shared<const project::AnnotationRecord>(std::move(record));
    push(document, std::move(edit), text.isEmpty() ? tr("Add object") : text);
    return document.annotation(id) ? id : 0;
}

void replaceAnnotation(Document &document, project::AnnotationRecord record, const QString &text)
{
    DocumentEdit edit;
    const core::Id id = record.annotation.id;
    edit.annotations[id] = std::make_shared<const project::AnnotationRecord>(std::move(record));
    push(document, std::move(edit), text.isEmpty() ? tr("Change object") : text);
}

void deleteAnnotations(Document &document, std::span<const core::Id> annotations)
{
    DocumentEdit edit;
    for (const core::Id id : annotations) {
        if (document.annotation(id))
            edit.annotations[id] = nullptr;
    }
    const int count = int(edit.annotations.size());
    push(document, std::move(edit), tr("Delete %n object(s)", count));
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
    push(document, std::move(edit), tr("Change category"));
}

core::Id addCategory(Document &document, const QString &name, const QColor &color)
{
    const std::string trimmed = name.trimmed().toStdString();
    if (trimmed.empty())
        return 0;
    if (const core::Id existing = idOf(document, trimmed))
        return existing;
    const core::Category category = makeCategory(document, trimmed, color);
    DocumentEdit edit;
    edit.categories[category.id] = category;
    push(document, std::move(edit), tr("Add category"));
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
    if (idOf(document, trimmed) != 0)
        return false;
    DocumentEdit edit;
    edit.categories[category] = *present;
    edit.categories[category]->name = trimmed;
    push(document, std::move(edit), tr("Rename category"));
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
    push(document, std::move(edit), tr("Recolour category"));
}

void deleteCategory(Document &document, core::Id category)
{
    if (!document.category(category))
        return;
    DocumentEdit edit;
    edit.categories[category] = std::nullopt;
    for (const project::AnnotationPointer &record : document.annotationsOfCategory(category))
        edit.annotations[record->annotation.id] = nullptr;
    push(document, std::move(edit), tr("Delete category"));
}

} // namespace ui
