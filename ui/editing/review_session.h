// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/prompt_session.h"

#include <QObject>

#include <map>
#include <vector>

namespace ui
{

/// Going through what detectors propose, the worst score first, from picture to picture. The
/// present proposal is the object in work of the PromptSession, so that clicks, strokes and the
/// hand tools correct it and accept() puts it into the document; then the next one comes. GUI
/// thread.
///
/// Ends when something else becomes the object in work or a picture without proposals is opened;
/// what was corrected is kept until the proposal is decided on.
class ReviewSession : public QObject
{
    Q_OBJECT

public:
    ReviewSession(Document &document, SegmentationService &service, PromptSession &prompts,
                  QObject *parent = nullptr);

    bool isOn() const { return m_current != nullptr; }
    /// Null: it is not on.
    const project::ProposalPointer &current() const { return m_current; }
    std::size_t rank() const { return m_rank; } ///< of the present one, from 0
    std::size_t count() const { return m_document.proposals().count(); } ///< wait for a decision
    /// In the present one's picture, without it.
    std::vector<project::ProposalPointer> others() const;
    /// The pictures that come next, nearest first.
    std::vector<core::Id> picturesAhead(std::size_t count) const;

    /// Where it was left, else with the worst of all.
    void start();
    void next();
    void previous();
    void reject();
    /// The present one as the detector gave it. False: it was not touched.
    bool undoCorrection();
    /// Not now: the proposals wait.
    void leave();
    /// Before another picture is opened: keeps what was corrected.
    void putAside();

Q_SIGNALS:
    void changed(); ///< which one, how many
    /// The picture to open; ends the review if it is not opened.
    void pictureAsked(core::Id image);
    void finished(); ///< the last proposal was decided on

private:
    void go(std::size_t rank);
    void goOn();
    void takeProposals(const project::ProposalPointer &joined);
    void followPicture();
    void followPrompts();
    bool isCorrected() const;
    void end();

    Document &m_document;
    SegmentationService &m_service;
    PromptSession &m_prompts;
    project::ProposalPointer m_current;
    std::size_t m_rank = 0;
    project::ProposalPointer m_left; ///< the present one when it was left
    core::Id m_category = 0;         ///< chosen before the review
    std::map<core::Id, PromptSession::Unfinished> m_corrections; ///< of proposals gone on from
};

} // namespace ui
