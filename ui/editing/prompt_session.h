// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/candidate_memory.h"
#include "ui/editing/document.h"
#include "ui/editing/mask_maker.h"
#include "ui/editing/prompt_history.h"
#include "ui/editing/segmentation_service.h"

#include <QObject>

#include <optional>
#include <vector>

namespace ui
{

/// The object in work: its prompts, the model's candidates, and the way into the document. GUI
/// thread.
///
/// Prompts may be given at any time; those given before the embedding is there are answered when it
/// is. Each answer's logits go into the next question, so that prompts refine what is seen.
class PromptSession : public QObject
{
    Q_OBJECT

public:
    PromptSession(Document &document, SegmentationService &service, QObject *parent = nullptr);

    /// Category of what is accepted next; 0: none chosen yet (see addAnnotation).
    void setCategory(core::Id category);
    core::Id category() const { return m_category; }

    void addPoint(core::PointPrompt point);
    void setBox(core::Box box); ///< there is one box: a later one takes its place
    void addStroke(core::BrushStroke stroke);
    /// Moves are followed live: while they go on, the newest is asked as soon as the last one is
    /// answered. All up to endMove() are one step.
    void movePoint(std::size_t index, core::ImagePoint position);
    void moveBox(core::Box box);
    void endMove();
    void cancelMove(); ///< back to where it began
    void removePoint(std::size_t index);
    void removeBox();
    /// A mask changed by hand takes the place of the candidates; starts an object when none is in
    /// work. One step of takeBack(). The next prompt refines it; prompts that it contradicts go.
    void replaceMask(core::Rle mask);
    /// Goes back by one prompt, move, removal or mask.
    void takeBack();
    bool canTakeBack() const { return m_history.canTakeBack(); }
    /// Forgets the object in work.
    void drop();

    const project::PromptRecord &prompt() const { return m_history.prompt(); }
    /// Whether an object is in work.
    bool isActive() const { return !m_history.isEmpty() || m_refined != 0 || m_proposal; }
    /// Prompts are there that the model has not answered yet.
    bool isWaiting() const { return m_request != 0; }
    /// The answer is there, and the model looks at what it found once more, closer. What it finds
    /// takes the selected candidate's place.
    bool isLookingCloser() const { return m_closer != 0; }

    /// In the model's order. First selected is what was seen under the pointer, or else what was
    /// last chosen for the category, or else the one of highest predicted IoU.
    const std::vector<Candidate> &candidates() const { return m_candidates; }
    int selected() const { return m_selected; } ///< index, -1: none
    const Candidate *current() const;           ///< null: none
    void select(int index);
    void selectNext();
    void selectPrevious();
    const CandidateMemory &candidateMemory() const { return m_memory; }
    void setCandidateMemory(CandidateMemory memory);

    /// The logit above which a pixel belongs to the mask: the object's own, 0 for a new one. The
    /// candidate follows on another thread. Nothing happens while there is nothing to cut.
    void setThreshold(float threshold);
    float threshold() const { return prompt().threshold; }
    bool canSetThreshold() const;
    static constexpr float thresholdRange = 6; ///< to both sides

    /// Whether the object is small on the model's grid and a focus would show it much finer.
    bool isWorthFocus() const;
    /// What mask and prompts cover; nothing while there is neither.
    std::optional<core::Box> objectBox() const;
    const std::optional<core::PixelRect> &focused() const { return m_window; }

    /// Into the document under the current category. What is seen is accepted at once; while the
    /// answer is on its way, acceptance waits for it and for a closer look at it. Refused
    /// (acceptRefused) are empty masks, read-only documents, and pictures whose size is not that of
    /// the masks they have.
    void accept();
    /// Takes up an annotation of the open image again, wherever its mask came from: mask and
    /// prompts are shown as they are, the next prompt refines them; accept replaces the mask.
    void refine(core::Id annotation);
    /// Takes up what a detector proposes for the open image as a new object of its category: a mask
    /// is shown as it is and refined as by refine(), a box is a prompt. accept() puts the object in
    /// the proposal's place.
    void startFrom(project::ProposalPointer proposal);
    /// What the object in work began as; null: no proposal.
    const project::ProposalPointer &proposal() const { return m_proposal; }

    /// An object that was not finished, to be taken up another time.
    struct Unfinished {
        project::PromptRecord prompt;
        MaskMaker::MaskPointer mask;       ///< null: the model had not answered
        core::Id refined = 0;              ///< of this annotation; 0: a new object
        project::ProposalPointer proposal; ///< as proposal()
        core::Id category = 0;             ///< 0: the current one then
    };
    Unfinished unfinished() const;
    void resume(const Unfinished &object);
    core::Id refined() const { return m_refined; } ///< 0: a new object

    /// What a click at `position` would give; the answer comes with hoverChanged().
    void hover(core::ImagePoint position, core::PointLabel label = core::PointLabel::Foreground);
    void endHover();
    const MaskShape &hoverShape() const { return m_hover; } ///< empty: none

Q_SIGNALS:
    void promptChanged();
    void candidatesChanged(); ///< the list, or which one is selected
    void hoverChanged();
    void accepted(core::Id annotation);
    void acceptRefused();
    void categoryChanged();
    void focusChanged();
    void candidateMemoryChanged(); ///< the user chose another candidate than the one suggested
    void failed(core::ErrorKind kind, const QString &detail);

private:
    void add(project::PromptRecord prompt);
    void change(project::PromptRecord prompt);
    void move(project::PromptRecord prompt);
    void takeFocus();
    void lookCloser();
    void takeCloser(const Candidate &closer);
    void endCloserLook();
    void leaveFocusFor(const std::vector<core::ImagePoint> &prompt);
    MaskMaker::MaskPointer currentMask() const;
    std::optional<PromptHistory::Answer> answer() const;
    void begin(project::PromptRecord prompt, MaskMaker::MaskPointer mask);
    /// `preferred`: of several candidates; none: as remembered for the category.
    void ask(std::optional<core::CandidateSize> preferred = {});
    void takeAnswer(quint64 request, const std::vector<Candidate> &candidates);
    void takeFailure(quint64 request, core::ErrorKind kind, const QString &detail);
    void cutCurrent();
    bool isCutting() const;
    void showMask(const MaskMaker::MaskPointer &mask);
    void setCandidates(std::vector<Candidate> candidates);
    void store(const Candidate &candidate);
    std::string categoryName() const;
    void learnChoice();

    Document &m_document;
    SegmentationService &m_service;
    PromptHistory m_history;
    std::optional<core::PixelRect> m_window; ///< the focused part of the picture
    MaskMaker m_maker;                       ///< of the masks that the model need not be asked for
    std::vector<Candidate> m_candidates;
    mutable MaskMaker::MaskPointer m_mask; ///< the last one that currentMask() gave
    std::vector<Candidate> m_uncut; ///< the candidates as they were at threshold 0; may be empty
    int m_selected = -1;
    bool m_wasChosen = false; ///< by the user
    int m_advised = -1;       ///< of highest predicted IoU when the answer came
    CandidateMemory m_memory;
    core::Id m_category = 0;
    core::Id m_refined = 0;
    project::ProposalPointer m_proposal;
    quint64 m_request = 0; ///< 0: nothing is asked
    quint64 m_closer = 0;  ///< asks once more about the selected candidate; 0: nothing does
    bool m_acceptWhenAnswered = false;
    bool m_isMoving = false; ///< the last step is not at its end
    bool m_hasMoved = false; ///< since what is asked was asked
    quint64 m_hoverRequest = 0;
    std::optional<core::PointPrompt> m_pointer; ///< that the hover is about
    MaskShape m_hover;
};

} // namespace ui
