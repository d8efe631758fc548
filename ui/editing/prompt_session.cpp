// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_session.h"

#include "core/mask/rle_measure.h"
#include "core/segmentation/mask_postprocessing.h"
#include "ui/editing/agreeing_prompts.h"
#include "ui/editing/edits.h"

#include <algorithm>

namespace ui
{

PromptSession::PromptSession(Document &document, SegmentationService &service, QObject *parent)
    : QObject(parent), m_document(document), m_service(service)
{
    connect(&service, &SegmentationService::decoded, this, &PromptSession::takeAnswer);
    connect(&service, &SegmentationService::failed, this, &PromptSession::takeFailure);
    connect(&service, &SegmentationService::hovered, this,
            [this](quint64 request, const MaskShape &shape) {
                if (request > m_hoverRequest) // none is wanted
                    return;
                m_hover = shape;
                Q_EMIT hoverChanged();
            });
    connect(&service, &SegmentationService::modelChanged, this, [this] {
        m_history.forgetLogits();
        if (isActive())
            ask();
    });
    connect(&document, &Document::categoriesChanged, this, [this] {
        if (m_category != 0 && !m_document.category(m_category))
            setCategory(0);
    });
    connect(&document, &Document::annotationsChanged, this, [this] {
        if (m_refined != 0 && !m_document.annotation(m_refined))
            drop();
    });
}

void PromptSession::setCategory(core::Id category)
{
    if (m_category == category)
        return;
    m_category = category;
    Q_EMIT categoryChanged();
}

/// The category that accept() will take.
std::string PromptSession::categoryName() const
{
    if (const core::Category *category = m_document.category(m_category))
        return category->name;
    const std::vector<core::Category> categories = m_document.categories();
    return categories.empty() ? std::string() : categories.front().name;
}

void PromptSession::setCandidateMemory(CandidateMemory memory)
{
    m_memory = std::move(memory);
}

void PromptSession::addPoint(core::PointPrompt point)
{
    project::PromptRecord prompt = m_history.prompt();
    prompt.points.push_back(point);
    add(std::move(prompt));
}

void PromptSession::setBox(core::Box box)
{
    project::PromptRecord prompt = m_history.prompt();
    const bool moved = prompt.box.has_value();
    prompt.box = box.normalized();
    moved ? change(std::move(prompt)) : add(std::move(prompt));
}

void PromptSession::addStroke(core::BrushStroke stroke)
{
    if (stroke.path.empty())
        return;
    project::PromptRecord prompt = m_history.prompt();
    prompt.strokes.push_back(std::move(stroke));
    add(std::move(prompt));
}

void PromptSession::movePoint(std::size_t index, core::ImagePoint position)
{
    project::PromptRecord prompt = m_history.prompt();
    if (index >= prompt.points.size())
        return;
    prompt.points[index].position = position;
    move(std::move(prompt));
}

void PromptSession::moveBox(core::Box box)
{
    project::PromptRecord prompt = m_history.prompt();
    if (!prompt.box)
        return;
    prompt.box = box.normalized();
    move(std::move(prompt));
}

void PromptSession::move(project::PromptRecord prompt)
{
    if (m_isMoving)
        m_history.amend(std::move(prompt));
    else
        m_history.replace(std::move(prompt));
    m_isMoving = true;
    if (isWaiting()) {
        m_hasMoved = true;
        Q_EMIT promptChanged();
    } else {
        ask();
        m_isMoving = true;
    }
}

void PromptSession::endMove()
{
    if (std::exchange(m_isMoving, false) && m_hasMoved)
        ask();
}

void PromptSession::cancelMove()
{
    if (m_isMoving)
        takeBack();
}

void PromptSession::removePoint(std::size_t index)
{
    project::PromptRecord prompt = m_history.prompt();
    if (index >= prompt.points.size())
        return;
    prompt.points.erase(prompt.points.begin() + std::ptrdiff_t(index));
    change(std::move(prompt));
}

void PromptSession::removeBox()
{
    project::PromptRecord prompt = m_history.prompt();
    if (!prompt.box)
        return;
    prompt.box.reset();
    change(std::move(prompt));
}

void PromptSession::add(project::PromptRecord prompt)
{
    std::optional<core::LowResLogits> answer;
    // While a question is open, what is seen belongs to an older one.
    if (current() && !isWaiting() && !current()->logits.values.empty())
        answer = current()->logits;
    learnChoice();
    m_history.add(std::move(prompt), std::move(answer));
    ask();
}

void PromptSession::change(project::PromptRecord prompt)
{
    m_history.replace(std::move(prompt));
    ask();
}

void PromptSession::replaceMask(core::Rle mask)
{
    if (current() && !isWaiting() && current()->mask == mask)
        return;
    project::PromptRecord prompt = agreeingPrompts(m_history.prompt(), mask);
    m_history.putMask(std::move(prompt), std::make_shared<const core::Rle>(std::move(mask)));
    ask();
}

void PromptSession::takeBack()
{
    if (!canTakeBack())
        return;
    m_history.takeBack();
    ask();
}

void PromptSession::begin(project::PromptRecord prompt, MaskMaker::MaskPointer mask)
{
    m_history.start(std::move(prompt), std::move(mask));
    ask();
}

void PromptSession::drop()
{
    const bool wasEmpty = !isActive() && m_candidates.empty();
    m_history.clear();
    m_refined = 0;
    m_request = 0;
    m_acceptWhenAnswered = false;
    m_isMoving = false;
    m_hasMoved = false;
    m_service.forgetQuestions();
    endHover();
    setCandidates({});
    if (!wasEmpty)
        Q_EMIT promptChanged();
}

void PromptSession::ask()
{
    m_acceptWhenAnswered = false;
    m_isMoving = false;
    m_hasMoved = false;
    endHover();
    if (const MaskMaker::MaskPointer mask = m_history.mask()) {
        m_request = 0;
        m_service.forgetQuestions();
        showMask(mask);
    } else if (m_history.prompt().isEmpty()) {
        m_request = 0;
        m_service.forgetQuestions();
        setCandidates({});
    } else {
        Question question = m_history.question();
        question.preferredSize = m_memory.find(categoryName());
        m_request = m_service.ask(std::move(question));
    }
    Q_EMIT promptChanged();
}

void PromptSession::takeAnswer(quint64 request, const std::vector<Candidate> &candidates)
{
    if (request != m_request)
        return;
    m_request = 0;
    setCandidates(candidates);
    if (m_hasMoved) {
        const bool isMoving = m_isMoving;
        ask();
        m_isMoving = isMoving;
        return;
    }
    cutCurrent(); // the threshold may have changed since
    Q_EMIT promptChanged();
    if (m_acceptWhenAnswered)
        accept();
}

void PromptSession::takeFailure(quint64 request, core::ErrorKind kind, const QString &detail)
{
    if (request != m_request)
        return;
    m_request = 0;
    m_acceptWhenAnswered = false;
    m_hasMoved = false;
    setCandidates({});
    Q_EMIT promptChanged();
    Q_EMIT failed(kind, detail);
}

/// What was seen stays until the mask is ready to be painted.
void PromptSession::showMask(const MaskMaker::MaskPointer &mask)
{
    Candidate candidate;
    candidate.mask = *mask;
    if (current())
        candidate.shape = current()->shape;
    candidate.threshold = threshold();
    setCandidates({std::move(candidate)});
    m_maker.make([mask] { return mask; },
                 [this](const MaskMaker::MaskPointer &, const MaskShape &shape) {
                     m_candidates.front().shape = shape;
                     Q_EMIT candidatesChanged();
                 });
}

bool PromptSession::canSetThreshold() const
{
    return current() && (!current()->logits.values.empty() || !prompt().isEmpty());
}

void PromptSession::setThreshold(float threshold)
{
    threshold = std::clamp(threshold, -thresholdRange, thresholdRange);
    if (!canSetThreshold() || threshold == this->threshold())
        return;
    if (m_history.mask() && !isWaiting()) {
        // The mask was taken up without its logits: its prompts bring them back.
        project::PromptRecord prompt = m_history.prompt();
        prompt.threshold = threshold;
        change(std::move(prompt));
        return;
    }
    m_history.setThreshold(threshold);
    if (!isWaiting())
        cutCurrent();
    Q_EMIT promptChanged();
}

bool PromptSession::isCutting() const
{
    return current() && !current()->logits.values.empty() && current()->threshold != threshold();
}

/// Brings the selected candidate to the object's threshold.
void PromptSession::cutCurrent()
{
    m_maker.forget();
    if (!isCutting())
        return;
    const auto index = std::size_t(m_selected);
    if (threshold() == 0 && index < m_uncut.size()) {
        m_candidates[index] = m_uncut[index];
        Q_EMIT candidatesChanged();
        return;
    }
    const auto cut = [logits = current()->logits, geometry = current()->geometry,
                      threshold = threshold()] {
        return std::make_shared<const core::Rle>(core::rleFromLogits(logits, geometry, threshold));
    };
    const auto done = [this, index, threshold = threshold()](const MaskMaker::MaskPointer &mask,
                                                             const MaskShape &shape) {
        if (!mask) {
            m_history.setThreshold(m_candidates[index].threshold);
            Q_EMIT promptChanged();
            return;
        }
        m_candidates[index].mask = *mask;
        m_candidates[index].shape = shape;
        m_candidates[index].threshold = threshold;
        Q_EMIT candidatesChanged();
        if (m_acceptWhenAnswered && !isCutting())
            accept();
    };
    m_maker.make(cut, done);
}

void PromptSession::setCandidates(std::vector<Candidate> candidates)
{
    if (m_candidates.empty() && candidates.empty())
        return;
    m_maker.forget();
    m_candidates = std::move(candidates);
    m_uncut.clear();
    if (!m_candidates.empty() && m_candidates.front().threshold == 0)
        m_uncut = m_candidates;
    const auto first = std::find_if(m_candidates.begin(), m_candidates.end(),
                                    [](const Candidate &one) { return one.isSuggested; });
    m_selected = m_candidates.empty()          ? -1
                 : first == m_candidates.end() ? 0
                                               : int(first - m_candidates.begin());
    m_wasChosen = false;
    Q_EMIT candidatesChanged();
}

const Candidate *PromptSession::current() const
{
    return m_selected < 0 ? nullptr : &m_candidates[std::size_t(m_selected)];
}

void PromptSession::select(int index)
{
    if (index < 0 || index >= int(m_candidates.size()) || index == m_selected)
        return;
    m_selected = index;
    m_wasChosen = true;
    cutCurrent();
    Q_EMIT candidatesChanged();
}

/// What was chosen among several is what the category's next click begins with. Going back to the
/// model's own advice forgets it.
void PromptSession::learnChoice()
{
    if (!std::exchange(m_wasChosen, false) || !current() || !current()->size)
        return;
    const auto best = std::max_element(
        m_candidates.begin(), m_candidates.end(),
        [](const Candidate &a, const Candidate &b) { return a.predictedIou < b.predictedIou; });
    const bool isAdvised = current() == &*best;
    if (m_memory.learn(categoryName(), isAdvised ? std::nullopt : current()->size))
        Q_EMIT candidateMemoryChanged();
}

void PromptSession::selectNext()
{
    if (m_selected >= 0)
        select((m_selected + 1) % int(m_candidates.size()));
}

void PromptSession::selectPrevious()
{
    const int count = int(m_candidates.size());
    if (m_selected >= 0)
        select((m_selected + count - 1) % count);
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
        record.annotation = {0, m_service.image(), m_category, {}, false};
    record.annotation.mask = candidate.mask;
    record.prompt = m_history.prompt();
    core::Id id = m_refined;
    m_refined = 0; // so that the document's signals do not find a session that refines
    if (id != 0)
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
    begin(record->prompt, MaskMaker::MaskPointer(record, &record->annotation.mask));
}

void PromptSession::startFrom(core::Rle mask, project::PromptRecord prompt, core::Id category)
{
    drop();
    if (category != 0)
        setCategory(category);
    begin(std::move(prompt), std::make_shared<const core::Rle>(std::move(mask)));
}

PromptSession::Unfinished PromptSession::unfinished() const
{
    Unfinished object{m_history.prompt(), nullptr, m_refined};
    if (current() && !isWaiting())
        object.mask = std::make_shared<const core::Rle>(current()->mask);
    return object;
}

void PromptSession::resume(const Unfinished &object)
{
    drop();
    if (m_document.annotation(object.refined))
        m_refined = object.refined;
    if (object.mask || !object.prompt.isEmpty())
        begin(object.prompt, object.mask);
}

void PromptSession::hover(core::ImagePoint position, core::PointLabel label)
{
    Question question = m_history.question();
    question.prompt.points.push_back({position, label});
    question.preferredSize = m_memory.find(categoryName());
    if (current() && !isWaiting() && !current()->logits.values.empty()) {
        question.previous = current()->logits;
        question.strokesSeen = question.prompt.strokes.size();
    }
    m_hoverRequest = m_service.askHover(std::move(question));
}

void PromptSession::endHover()
{
    m_service.forgetHover();
    m_hoverRequest = 0;
    if (m_hover.isEmpty())
        return;
    m_hover = {};
    Q_EMIT hoverChanged();
}

} // namespace ui
