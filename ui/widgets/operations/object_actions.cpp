// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/operations/object_actions.h"

#include "ui/editing/annotation_list_model.h"
#include "ui/editing/annotation_name.h"
#include "ui/editing/mask_target.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/clean_up_layer.h"
#include "ui/widgets/task_progress.h"

#include <QAction>
#include <QMenu>

namespace ui
{

ObjectActions::ObjectActions(const Actions &actions, Document &document, Selection &selection,
                             MaskTarget &target, const AnnotationListModel &objects,
                             CanvasView &canvas, MessageBar &messages)
    : m_actions(actions), m_document(document), m_selection(selection), m_objects(objects),
      m_messages(messages), m_operations(document, selection, target),
      m_cleanUp(document, selection, target), m_bar(new CleanUpBar(m_cleanUp, &canvas)),
      m_progress(new TaskProgress({})), m_separator(new QAction(this))
{
    new CleanUpLayer(canvas, m_cleanUp);
    m_separator->setSeparator(true);
    m_operations.setIsLocked([&objects](core::Id id) { return objects.isLocked(id); });
    m_cleanUp.setIsLeftAlone(
        [&objects](core::Id id) { return objects.isLocked(id) || !objects.isVisible(id); });
    connectActions();
    connect(&selection, &Selection::changed, this, &ObjectActions::updateEnabled);
    connect(&target, &MaskTarget::changed, this, &ObjectActions::updateEnabled);
    connect(&target, &MaskTarget::imageChanged, this, &ObjectActions::updateEnabled);
    connect(&document, &Document::categoriesChanged, this, &ObjectActions::updateTexts);
    connect(&document, &Document::opened, this, &ObjectActions::updateEnabled);
    connect(&m_operations, &ObjectOperations::busyChanged, this, &ObjectActions::updateEnabled);
    connect(&m_operations, &ObjectOperations::busyChanged, this, &ObjectActions::busyChanged);
    connect(&m_operations, &ObjectOperations::busyChanged, m_progress, [this] {
        m_operations.isBusy() ? m_progress->begin(tr("Working on the masks")) : m_progress->end();
    });
    connect(m_progress, &TaskProgress::cancelled, this, &ObjectActions::takeBack);
    connect(&m_operations, &ObjectOperations::refused, this, &ObjectActions::explain);
    connect(&m_operations, &ObjectOperations::deletedOthers, this, [this](int count) {
        m_messages.showMessage(
            MessageBar::Kind::Information,
            count == 1 ? tr("One object had no other pixels and was deleted.")
                       : tr("%1 objects had no other pixels and were deleted.").arg(count));
    });
    connect(&m_operations, &ObjectOperations::copied, this, [this](int count) {
        m_messages.showMessage(MessageBar::Kind::Information,
                               count == 1 ? tr("One object copied.")
                                          : tr("%1 objects copied.").arg(count));
    });
    updateEnabled();
}

void ObjectActions::connectActions()
{
    using core::SetOperation;
    const auto on = [this](ActionId id, auto slot) {
        connect(m_actions[id], &QAction::triggered, this, slot);
    };
    on(ActionId::UniteObjects, [this] { m_operations.combine(SetOperation::Union); });
    on(ActionId::SubtractObjects, [this] { m_operations.combine(SetOperation::Difference); });
    on(ActionId::IntersectObjects, [this] { m_operations.combine(SetOperation::Intersection); });
    on(ActionId::ExcludeObjects,
       [this] { m_operations.combine(SetOperation::SymmetricDifference); });
    on(ActionId::SplitObjects, [this] { m_operations.split(); });
    on(ActionId::TakeFromBelow, [this] { m_operations.takeFromBelow(); });
    on(ActionId::GiveToAbove, [this] { m_operations.giveToAbove(); });
    on(ActionId::FillHoles, [this] { m_operations.fillHoles(); });
    on(ActionId::DuplicateObjects, [this] { m_operations.duplicate(); });
    on(ActionId::CopyObjects, [this] { m_operations.copy(); });
    on(ActionId::PasteObjects, [this] { m_operations.paste(); });
    on(ActionId::SelectAll, [this] { selectAll(); });
    on(ActionId::CleanUp, [this] { m_bar->open(); });
}

void ObjectActions::setTheme(const Theme &theme)
{
    m_bar->setTheme(theme);
}

QList<QAction *> ObjectActions::menu() const
{
    QList<QAction *> list{m_actions[ActionId::DuplicateObjects], m_actions[ActionId::CopyObjects],
                          m_separator};
    for (const ActionId id :
         {ActionId::UniteObjects, ActionId::SubtractObjects, ActionId::IntersectObjects,
          ActionId::ExcludeObjects, ActionId::SplitObjects, ActionId::TakeFromBelow,
          ActionId::GiveToAbove, ActionId::FillHoles, ActionId::CleanUp})
        list << m_actions[id];
    return list;
}

void ObjectActions::updateEnabled()
{
    const auto enable = [this](bool on, std::initializer_list<ActionId> ids) {
        for (const ActionId id : ids)
            m_actions[id]->setEnabled(on);
    };
    const bool change = m_operations.canChange();
    const bool hasObjects = m_document.annotationCount(m_selection.image()) > 0;
    enable(m_operations.canCombine(), {ActionId::UniteObjects, ActionId::SubtractObjects,
                                       ActionId::IntersectObjects, ActionId::ExcludeObjects});
    enable(change, {ActionId::SplitObjects, ActionId::TakeFromBelow, ActionId::GiveToAbove,
                    ActionId::DuplicateObjects});
    enable(m_operations.canFillHoles(), {ActionId::FillHoles});
    enable(m_operations.canFillHoles() || (hasObjects && !m_document.isReadOnly()),
           {ActionId::CleanUp});
    enable(!m_selection.ids().empty(), {ActionId::CopyObjects});
    enable(m_operations.canPaste() && m_selection.image() && !m_document.isReadOnly(),
           {ActionId::PasteObjects});
    enable(hasObjects, {ActionId::SelectAll});
    updateTexts();
}

/// The menus name the object that stays.
void ObjectActions::updateTexts()
{
    QString first = annotationName(m_document, m_selection.first());
    first.replace(QLatin1Char('&'), QStringLiteral("&&"));
    const auto set = [&](ActionId id, const QString &text) {
        m_actions[id]->setText(m_operations.canCombine() ? text.arg(first) : actionText(id));
    };
    set(ActionId::UniteObjects, tr("&Unite into %1"));
    set(ActionId::SubtractObjects, tr("&Subtract from %1"));
    set(ActionId::IntersectObjects, tr("&Intersect into %1"));
    set(ActionId::ExcludeObjects, tr("E&xclude into %1"));
}

void ObjectActions::selectAll()
{
    std::vector<core::Id> ids;
    for (int row = 0; row < m_objects.rowCount(); ++row) {
        const core::Id id = m_objects.idAt(row);
        if (m_objects.isVisible(id) && !m_objects.isLocked(id))
            ids.push_back(id);
    }
    m_selection.set(std::move(ids));
}

void ObjectActions::explain(ObjectOperations::Refusal reason)
{
    using Refusal = ObjectOperations::Refusal;
    const QString first = annotationName(m_document, m_selection.first());
    QString text;
    switch (reason) {
    case Refusal::NothingLeft:
        text = tr("Nothing would be left of %1, so nothing was changed.").arg(first);
        break;
    case Refusal::OnePart:
        text = tr("There is only one part; nothing to split.");
        break;
    case Refusal::TooManyParts:
        text = tr("That would be more than %1 objects. Clean up the small parts first.")
                   .arg(ObjectOperations::maxParts);
        break;
    case Refusal::NoHoles:
        text = tr("There are no holes to fill.");
        break;
    case Refusal::NothingInCommon:
        text = tr("No other object shares pixels there; nothing was changed.");
        break;
    case Refusal::OtherSize:
        text = tr("The masks belong to pictures of different sizes.");
        break;
    case Refusal::NotEnoughMemory:
        text = tr("There is not enough memory for this. Nothing was changed.");
        break;
    }
    m_messages.showMessage(MessageBar::Kind::Information, text);
}

} // namespace ui
