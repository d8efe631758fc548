// SPDX-License-Identifier: Apache-2.0
#pragma once

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
    void movePoint(std::size_t index, core::ImagePoint position);
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
    bool isActive() const { return !m_history.isEmpty() || m_refined != 0; }
    /// Prompts are there that the model has not answered yet.
    bool isWaiting() const { return m_request != 0; }

    /// Best guess first shown is the one of highest predicted IoU; the order is the model's.
    const std::vector<Candidate> &candidates() const { return m_candidates; }
    int selected() const { return m_selected; } ///< index, -1: none
    const Candidate *current() const;           ///< null: none
    void select(int index);
    void selectNext();
    void selectPrevious();

    /// Into the document under the current category. While the answer is on its way, acceptance
    /// waits for it. Refused (acceptRefused) are empty masks,
    /// read-only documents, and pictures whose size is not that of the masks they have.
    void accept();
    /// Takes up an annotation of the open image again, wherever its mask came from: mask and
    /// prompts are shown as they are, the next prompt refines them; accept replaces the mask.
    void refine(core::Id annotation);
    /// Begins a new object with a mask that is there already, such as a proposal, as refine() does.
    /// Category 0: the current one.
    void startFrom(core::Rle mask, project::PromptRecord prompt = {}, core::Id category = 0);

    /// An object that was not finished, to be taken up another time.
    struct Unfinished {
        project::PromptRecord prompt;
        MaskMaker::MaskPointer mask; ///< null: the model had not answered
        core::Id refined = 0;        ///< of this annotation; 0: a new object
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
    void failed(core::ErrorKind kind, const QString &detail);

private:
    void add(project::PromptRecord prompt);
    void change(project::PromptRecord prompt);
    void begin(project::PromptRecord prompt, MaskMaker::MaskPointer mask);
    void ask();
    void takeAnswer(quint64 request, const std::vector<Candidate> &candidates);
    void takeFailure(quint64 request, core::ErrorKind kind, const QString &detail);
    void showMask(const MaskMaker::MaskPointer &mask);
    void setCandidates(std::vector<Candidate> candidates);
    void store(const Candidate &candidate);

    Document &m_document;
    SegmentationService &m_service;
    PromptHistory m_history;
    MaskMaker m_maker; ///< of the masks that are not the model's
    std::vector<Candidate> m_candidates;
    int m_selected = -1;
    core::Id m_category = 0;
    core::Id m_refined = 0;
    quint64 m_request = 0; ///< 0: nothing is asked
    bool m_acceptWhenAnswered = false;
    quint64 m_hoverRequest = 0;
    MaskShape m_hover;
};

} // namespace ui
