// SPDX-License-Identifier: Apache-2.0
// The part of PromptSession that goes from masks to objects and back.
#include "ui/editing/prompt_session.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/agreeing_prompts.h"
#include "ui/editing/edits.h"

namespace ui
{

void PromptSession::replaceMask(core::Rle mask)
{
    if (current() && !isWaiting() && current()->mask == mask)
        return;
    project::PromptRecord prompt = agreeingPrompts(m_history.prompt(), mask);
    m_history.putMask(std::move(prompt), std::make_shared<const core::Rle>(std::move(mask)));
    ask();
}

void PromptSession::begin(project::PromptRecord prompt, MaskMaker::MaskPointer mask)
{
    m_history.start(std::move(prompt), std::move(mask));
    ask();
}

void PromptSession::accept()
{
    if (isWaiting() || isCutting()) {
        m_acceptWhenAnswered = true;
        return;
    }
    const Candidate *candidate = current();
    if (!candidate || core::area(candidate->mask) == 0 || m_document.isReadOnly() ||
        !m_document.setImageSize(m_service.image(), candidate->mask.size)) {
        m_acceptWhenAnswered = false;
        Q_EMIT acceptRefused();
        return;
    }
    learnChoice();
    store(*candidate);
}

void PromptSession::store(const Candidate &candidate)
{
    project::AnnotationRecord record;
    if (const project::AnnotationPointer refined = m_document.annotation(m_refined))
        record = *refined;
    else
        record.annotation = {0, m_service.image(), 0, {}, false};
    if (m_category != 0)
        record.annotation.categoryId = m_category;
    record.annotation.mask = candidate.mask;
    record.prompt = m_history.prompt();
    core::Id id = m_refined;
    m_refined = 0; // so that the document's signals do not find a session that refines
    if (const project::ProposalPointer proposal = std::exchange(m_proposal, nullptr))
        id = acceptProposal(m_document, proposal, std::move(record));
    else if (id != 0)
        replaceAnnotation(m_document, std::move(record));
    else
        id = addAnnotation(m_document, std::move(record));
    drop();
    if (m_category == 0)
        setCategory(m_document.annotation(id)->annotation.categoryId);
    Q_EMIT accepted(id);
}

void PromptSession::refine(core::Id annotation)
{
    const project::AnnotationPointer record = m_document.annotation(annotation);
    if (!record || record->annotation.imageId != m_service.image())
        return;
    drop();
    m_refined = annotation;
    setCategory(record->annotation.categoryId); // seen in its colour; another may be chosen
    begin(record->prompt, MaskMaker::MaskPointer(record, &record->annotation.mask));
}

void PromptSession::startFrom(project::ProposalPointer proposal)
{
    const core::ImageRecord *image = m_document.image(proposal->imageId);
    if (!image || proposal->imageId != m_service.image())
        return;
    drop();
    m_proposal = proposal;
    setCategory(m_document.categoryNamed(proposal->category)); // 0: it is made on acceptance
    project::PromptRecord prompt;
    MaskMaker::MaskPointer mask;
    // The picture may have been replaced by one of another size since.
    if (proposal->hasMask() && (image->size.isEmpty() || image->size == proposal->mask.size))
        mask = MaskMaker::MaskPointer(proposal, &proposal->mask);
    else
        prompt.box = proposal->box;
    begin(std::move(prompt), std::move(mask));
}

/// Null while there is none or the model has not answered.
MaskMaker::MaskPointer PromptSession::currentMask() const
{
    if (!current() || isWaiting())
        return nullptr;
    if (!m_mask || *m_mask != current()->mask)
        m_mask = std::make_shared<const core::Rle>(current()->mask);
    return m_mask;
}

/// What the next prompt refines. While a question is open, what is seen belongs to an older one.
std::optional<PromptHistory::Answer> PromptSession::answer() const
{
    if (!current() || isWaiting())
        return {};
    return PromptHistory::Answer{placedLogits(*current()), currentMask(), m_window.has_value()};
}

PromptSession::Unfinished PromptSession::unfinished() const
{
    return {m_history.prompt(), currentMask(), m_refined, m_proposal, m_category};
}

void PromptSession::resume(const Unfinished &object)
{
    drop();
    if (m_document.annotation(object.refined))
        m_refined = object.refined;
    if (object.proposal && m_document.proposals().contains(*object.proposal))
        m_proposal = object.proposal;
    if (m_document.category(object.category))
        setCategory(object.category);
    else if (m_proposal)
        setCategory(m_document.categoryNamed(m_proposal->category));
    if (object.mask || !object.prompt.isEmpty())
        begin(object.prompt, object.mask);
}

} // namespace ui
