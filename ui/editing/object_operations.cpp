// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/object_operations.h"

#include "core/error.h"
#include "core/mask/clean_up.h"
#include "ui/editing/annotation_name.h"
#include "ui/editing/edits.h"
#include "ui/editing/mask_target.h"

#include <QCoreApplication>

#include <new>
#include <optional>
#include <set>

namespace ui
{
namespace
{

QString step(const char *text, int count = -1)
{
    return QCoreApplication::translate("edits", text, nullptr, count);
}

QString combineText(core::SetOperation operation, int others, const QString &first)
{
    switch (operation) {
    case core::SetOperation::Union:
        return step(QT_TRANSLATE_NOOP("edits", "Unite %n with %1"), others).arg(first);
    case core::SetOperation::Intersection:
        return step(QT_TRANSLATE_NOOP("edits", "Intersect %1 with %n"), others).arg(first);
    case core::SetOperation::SymmetricDifference:
        return step(QT_TRANSLATE_NOOP("edits", "Exclude %n from %1"), others).arg(first);
    case core::SetOperation::Difference:
        break;
    }
    return step(QT_TRANSLATE_NOOP("edits", "Subtract %n from %1"), others).arg(first);
}

} // namespace

ObjectOperations::ObjectOperations(Document &document, Selection &selection, MaskTarget &target,
                                   QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_target(target)
{
    m_pool.setMaxThreadCount(1);
    connect(&document, &Document::opened, this, [this, file = document.projectFile()]() mutable {
        if (std::exchange(file, m_document.projectFile()) == m_document.projectFile())
            return;
        m_copied.clear(); // categories mean something else in another project
        Q_EMIT busyChanged();
    });
}

ObjectOperations::~ObjectOperations()
{
    m_pool.waitForDone();
}

bool ObjectOperations::canCombine() const
{
    return canChange() && m_selection.ids().size() > 1;
}

bool ObjectOperations::canChange() const
{
    // An object in work may be one of the selected: its mask is not final.
    return !m_isBusy && !m_selection.ids().empty() && m_target.kind() != MaskTarget::Kind::None &&
           m_target.kind() != MaskTarget::Kind::InWork;
}

bool ObjectOperations::canFillHoles() const
{
    return canChange() || (!m_isBusy && m_target.kind() == MaskTarget::Kind::InWork);
}

Records ObjectOperations::selected() const
{
    Records records;
    for (const core::Id id : m_selection.ids())
        records.push_back(m_document.annotation(id));
    return records;
}

void ObjectOperations::run(std::function<Finish()> work)
{
    m_isBusy = true;
    Q_EMIT busyChanged();
    m_pool.start([this, work = std::move(work), number = ++m_number] {
        Finish finish;
        Refusal failure = Refusal::NotEnoughMemory;
        try {
            finish = work();
        } catch (const core::Error &) {
            failure = Refusal::OtherSize; // all that the masks of a document can do wrong
        } catch (const std::bad_alloc &) {
        }
        QMetaObject::invokeMethod(this, [this, finish = std::move(finish), failure, number] {
            if (number != m_number || !m_isBusy)
                return;
            m_isBusy = false;
            if (finish)
                finish();
            else
                Q_EMIT refused(failure);
            Q_EMIT busyChanged();
        });
    });
}

bool ObjectOperations::cancel()
{
    if (!m_isBusy)
        return false;
    m_isBusy = false;
    Q_EMIT busyChanged();
    return true;
}

void ObjectOperations::start(std::function<MaskChange()> work, Refusal ifNothing,
                             const QString &text)
{
    run([this, work = std::move(work), ifNothing, text]() -> Finish {
        return [this, change = work(), ifNothing, text] { take(change, ifNothing, text); };
    });
}

void ObjectOperations::take(const MaskChange &change, Refusal ifNothing, const QString &text)
{
    std::size_t parts = 0;
    int deleted = 0;
    bool losesSelected = false;
    for (const MaskChange::Object &object : change.objects) {
        parts += object.after.size();
        if (object.after.empty())
            ++deleted;
        losesSelected |=
            object.after.empty() && m_selection.first() == object.before->annotation.id;
    }
    if (change.isEmpty()) {
        Q_EMIT refused(ifNothing);
    } else if (losesSelected) {
        Q_EMIT refused(Refusal::NothingLeft);
    } else if (ifNothing == Refusal::OnePart && parts > maxParts) {
        Q_EMIT refused(Refusal::TooManyParts);
    } else if (const auto results = applyChange(m_document, change, text)) {
        if (ifNothing == Refusal::NothingInCommon && deleted > 0)
            Q_EMIT deletedOthers(deleted);
        if (ifNothing == Refusal::OnePart) {
            std::vector<core::Id> ids = m_selection.ids();
            ids.insert(ids.end(), results->begin(), results->end());
            m_selection.set(std::move(ids));
        }
    }
}

void ObjectOperations::combine(core::SetOperation operation)
{
    if (!canCombine())
        return;
    const project::AnnotationPointer first = m_document.annotation(m_selection.first());
    Records others = selected();
    std::erase(others, first);
    const QString text =
        combineText(operation, int(others.size()), annotationName(m_document, first->annotation));
    start([=] { return combined(first, others, operation); }, Refusal::NothingLeft, text);
}

void ObjectOperations::split()
{
    if (!canChange())
        return;
    start([records = selected()] { return splitIntoParts(records); }, Refusal::OnePart,
          step(QT_TRANSLATE_NOOP("edits", "Split into parts")));
}

void ObjectOperations::takeFromBelow()
{
    if (!canChange())
        return;
    Records all = m_document.annotations(m_selection.image());
    std::set<core::Id> kept;
    for (const project::AnnotationPointer &record : all) {
        if (m_isLocked(record->annotation.id))
            kept.insert(record->annotation.id);
    }
    start([all = std::move(all), ids = m_selection.ids(),
           kept = std::move(kept)] { return takenFromBelow(all, ids, kept); },
          Refusal::NothingInCommon, step(QT_TRANSLATE_NOOP("edits", "Take pixels from below")));
}

void ObjectOperations::giveToAbove()
{
    if (!canChange())
        return;
    start([all = m_document.annotations(m_selection.image()),
           ids = m_selection.ids()] { return givenToAbove(all, ids); },
          Refusal::NothingInCommon, step(QT_TRANSLATE_NOOP("edits", "Give pixels to above")));
}

void ObjectOperations::fillHoles()
{
    const QString text = step(QT_TRANSLATE_NOOP("edits", "Fill holes"));
    if (m_isBusy)
        return;
    if (m_target.kind() == MaskTarget::Kind::InWork)
        fillHolesInWork(text);
    else if (canChange())
        start([records = selected()] { return withoutHoles(records); }, Refusal::NoHoles, text);
}

void ObjectOperations::fillHolesInWork(const QString &text)
{
    run([this, mask = m_target.mask(), text]() -> Finish {
        return [this, mask, filled = core::fillAllHoles(mask), text] {
            if (m_target.kind() != MaskTarget::Kind::InWork || m_target.mask() != mask)
                return; // it is another one by now
            if (filled == core::withoutEmptyRuns(mask))
                Q_EMIT refused(Refusal::NoHoles);
            else
                m_target.replace(filled, text);
        };
    });
}

void ObjectOperations::add(const Records &records, const QString &text)
{
    // An object is followed from picture to picture: in one picture there is one of it.
    std::set<core::Id> tracks;
    for (const project::AnnotationPointer &there : m_document.annotations(m_selection.image()))
        tracks.insert(there->annotation.track);
    std::vector<project::AnnotationRecord> copies;
    for (const project::AnnotationPointer &record : records) {
        copies.push_back(*record);
        core::Annotation &copy = copies.back().annotation;
        copy.imageId = m_selection.image();
        if (!tracks.insert(copy.track).second)
            copy.track = 0;
    }
    m_selection.set(addAnnotations(m_document, std::move(copies), text));
}

void ObjectOperations::duplicate()
{
    if (!canChange())
        return;
    const Records records = selected();
    add(records,
        records.size() == 1
            ? step(QT_TRANSLATE_NOOP("edits", "Duplicate %1"))
                  .arg(annotationName(m_document, records.front()->annotation))
            : step(QT_TRANSLATE_NOOP("edits", "Duplicate %n objects"), int(records.size())));
}

void ObjectOperations::copy()
{
    if (m_selection.ids().empty())
        return;
    m_copied = selected();
    Q_EMIT busyChanged();
    Q_EMIT copied(int(m_copied.size()));
}

void ObjectOperations::paste()
{
    if (m_copied.empty() || m_target.imageSize().isEmpty())
        return;
    for (const project::AnnotationPointer &record : m_copied) {
        if (record->annotation.mask.size != m_target.imageSize()) {
            Q_EMIT refused(Refusal::OtherSize);
            return;
        }
    }
    add(m_copied, m_copied.size() == 1
                      ? QCoreApplication::translate("edits", "Paste object")
                      : step(QT_TRANSLATE_NOOP("edits", "Paste %n objects"), int(m_copied.size())));
}

} // namespace ui
