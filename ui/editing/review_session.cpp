// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/review_session.h"

#include "ui/editing/edits.h"

#include <algorithm>
#include <utility>

namespace ui
{

ReviewSession::ReviewSession(Document &document, SegmentationService &service,
                             PromptSession &prompts, QObject *parent)
    : QObject(parent), m_document(document), m_service(service), m_prompts(prompts)
{
    connect(&prompts, &PromptSession::accepted, this, &ReviewSession::goOn);
    // Queued: in the middle of an edit, of an object's end or of opening nothing else is begun.
    connect(&document, &Document::proposalsChanged, this, &ReviewSession::takeProposals,
            Qt::QueuedConnection);
    connect(&prompts, &PromptSession::promptChanged, this, &ReviewSession::followPrompts,
            Qt::QueuedConnection);
    connect(
        &service, &SegmentationService::statusChanged, this, [this] { followPicture(); },
        Qt::QueuedConnection);
    connect(&document, &Document::projectChanged, this, [this] {
        m_corrections.clear();
        m_current = nullptr;
        m_left = nullptr;
        Q_EMIT changed();
    });
}

std::vector<project::ProposalPointer> ReviewSession::others() const
{
    if (!isOn())
        return {};
    std::vector<project::ProposalPointer> list = m_document.proposals().ofImage(m_current->imageId);
    std::erase(list, m_current);
    return list;
}

std::vector<core::Id> ReviewSession::picturesAhead(std::size_t count) const
{
    constexpr std::size_t farthest = 100; // as far as it is worth looking
    std::vector<core::Id> pictures;
    if (!isOn())
        return pictures;
    const std::size_t end = std::min(this->count(), m_rank + farthest);
    for (std::size_t rank = m_rank + 1; rank < end && pictures.size() < count; ++rank) {
        const core::Id image = m_document.proposals().at(rank)->imageId;
        if (image != m_current->imageId && std::ranges::find(pictures, image) == pictures.end())
            pictures.push_back(image);
    }
    return pictures;
}

void ReviewSession::start()
{
    if (isOn() || count() == 0)
        return;
    m_category = m_prompts.category();
    const std::size_t rank = m_left ? m_document.proposals().rankOf(*m_left) : 0;
    go(rank < count() ? rank : 0);
}

void ReviewSession::next()
{
    if (isOn())
        go((m_rank + 1) % count());
}

void ReviewSession::previous()
{
    if (isOn())
        go((m_rank + count() - 1) % count());
}

void ReviewSession::go(std::size_t rank)
{
    putAside();
    m_rank = rank;
    m_current = m_document.proposals().at(rank);
    if (m_service.image() != m_current->imageId)
        Q_EMIT pictureAsked(m_current->imageId);
    if (m_service.image() != m_current->imageId) {
        end();
        return;
    }
    const auto kept = m_corrections.find(m_current->id);
    if (kept != m_corrections.end())
        m_prompts.resume(kept->second);
    else
        m_prompts.startFrom(m_current);
    Q_EMIT changed();
}

/// To the next one when the present one was decided on.
void ReviewSession::goOn()
{
    if (!isOn() || m_document.proposals().contains(*m_current))
        return;
    m_corrections.erase(m_current->id);
    if (count() > 0) {
        go(std::min(m_rank, count() - 1));
        return;
    }
    end();
    Q_EMIT finished();
}

void ReviewSession::takeProposals(const project::ProposalPointer &joined)
{
    const ProposalTable &table = m_document.proposals();
    if (!isOn()) {
        Q_EMIT changed();
    } else if (joined && table.contains(*joined) && m_prompts.proposal() == m_current &&
               !isCorrected()) {
        go(table.rankOf(*joined)); // a decision was taken back: it is to be decided anew
    } else if (!table.contains(*m_current)) {
        goOn();
    } else {
        m_rank = table.rankOf(*m_current);
        Q_EMIT changed();
    }
}

/// The user opened another picture: its worst proposal comes next.
void ReviewSession::followPicture()
{
    if (!isOn() || m_service.image() == m_current->imageId)
        return;
    const auto list = m_document.proposals().ofImage(m_service.image());
    if (list.empty())
        leave();
    else
        go(m_document.proposals().rankOf(*list.front()));
}

/// Whether something else is in work now.
void ReviewSession::followPrompts()
{
    goOn(); // the present one may have gone by undo or redo
    if (isOn() && m_prompts.proposal() != m_current && m_service.image() == m_current->imageId)
        end(); // otherwise see followPicture()
}

bool ReviewSession::isCorrected() const
{
    return isOn() && m_prompts.proposal() == m_current &&
           (m_prompts.canTakeBack() || m_corrections.contains(m_current->id));
}

void ReviewSession::putAside()
{
    if (isCorrected())
        m_corrections[m_current->id] = m_prompts.unfinished();
    if (isOn() && m_prompts.proposal() == m_current)
        m_prompts.drop();
}

bool ReviewSession::undoCorrection()
{
    if (!isCorrected())
        return false;
    m_corrections.erase(m_current->id);
    m_prompts.startFrom(m_current);
    return true;
}

void ReviewSession::reject()
{
    if (!isOn())
        return;
    rejectProposal(m_document, m_current);
    goOn();
}

void ReviewSession::leave()
{
    putAside();
    end();
}

void ReviewSession::end()
{
    m_left = std::exchange(m_current, nullptr);
    m_prompts.setCategory(m_document.category(m_category) ? m_category : 0);
    Q_EMIT changed();
}

} // namespace ui
