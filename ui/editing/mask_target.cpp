// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_target.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/edits.h"
#include "ui/editing/prompt_session.h"

#include <array>

namespace ui
{

MaskTarget::MaskTarget(Document &document, PromptSession &session, Selection &selection,
                       QObject *parent)
    : QObject(parent), m_document(document), m_session(session), m_selection(selection)
{
    connect(&selection, &Selection::changed, this, &MaskTarget::changed);
    connect(&session, &PromptSession::candidatesChanged, this, &MaskTarget::changed);
    connect(&session, &PromptSession::categoryChanged, this, &MaskTarget::changed);
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (image == m_selection.image()) // an import touches thousands
            Q_EMIT changed();
    });
    connect(&selection, &Selection::imageChanged, this, &MaskTarget::imageChanged);
}

core::Size MaskTarget::imageSize() const
{
    const core::ImageRecord *image = m_document.image(m_selection.image());
    return image ? image->size : core::Size{};
}

bool MaskTarget::isReadOnly() const
{
    return m_document.isReadOnly();
}

MaskTarget::Kind MaskTarget::kind() const
{
    if (m_document.isReadOnly() || imageSize().isEmpty())
        return Kind::None;
    if (m_session.current())
        return Kind::InWork;
    // The selection forgets a deleted object at its turn; others who follow the document ask
    // before.
    if (!m_document.annotation(m_selection.single()))
        return Kind::New;
    return m_isLocked(m_selection.single()) ? Kind::Locked : Kind::Selected;
}

core::Rle MaskTarget::mask() const
{
    switch (kind()) {
    case Kind::None:
        break;
    case Kind::InWork:
        return m_session.current()->mask;
    case Kind::Locked:
    case Kind::Selected:
        return m_document.annotation(m_selection.single())->annotation.mask;
    case Kind::New:
        return {imageSize(), {static_cast<std::uint32_t>(imageSize().area())}};
    }
    return {};
}

void MaskTarget::apply(core::SetOperation operation, const core::Rle &region, const QString &text)
{
    const core::Rle before = mask();
    if (before.size == region.size && !before.size.isEmpty())
        replace(core::combine(before, region, operation), text);
}

void MaskTarget::replace(core::Rle mask, const QString &text)
{
    const Kind kind = this->kind();
    if (!canDraw() || mask.size != imageSize() || mask == core::withoutEmptyRuns(this->mask()))
        return;
    const bool isEmpty = core::area(mask) == 0;
    if (kind == Kind::InWork) {
        m_session.replaceMask(std::move(mask));
    } else if (kind == Kind::New) {
        project::AnnotationRecord record;
        record.annotation = {0, m_selection.image(), m_session.category(), std::move(mask), false};
        const core::Id id = addAnnotation(m_document, std::move(record), text);
        m_selection.select(id);
    } else if (isEmpty) {
        deleteAnnotations(m_document, std::array{m_selection.single()});
    } else {
        project::AnnotationRecord record = *m_document.annotation(m_selection.single());
        record.annotation.mask = std::move(mask);
        record.prompt = {}; // the mask is no longer what the prompts gave
        replaceAnnotation(m_document, std::move(record), text);
    }
}

} // namespace ui
