// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_session.h"

#include <utility>

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
    connect(&service, &SegmentationService::focusChanged, this, &PromptSession::takeFocus);
    connect(&document, &Document::categoriesChanged, this, [this] {
        if (m_category != 0 && !m_document.category(m_category))
            setCategory(0);
    });
    connect(&document, &Document::annotationsChanged, this, [this] {
        if (m_refined != 0 && !m_document.annotation(m_refined))
            drop();
    });
    connect(&document, &Document::proposalsChanged, this, [this] {
        if (m_proposal && !m_document.proposals().contains(*m_proposal))
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

void PromptSession::addPoint(core::PointPrompt point)
{
    leaveFocusFor({point.position});
    project::PromptRecord prompt = m_history.prompt();
    prompt.points.push_back(point);
    add(std::move(prompt));
}

void PromptSession::setBox(core::Box box)
{
    leaveFocusFor({{box.x0, box.y0}, {box.x1, box.y1}});
    project::PromptRecord prompt = m_history.prompt();
    const bool moved = prompt.box.has_value();
    prompt.box = box.normalized();
    moved ? change(std::move(prompt)) : add(std::move(prompt));
}

void PromptSession::addStroke(core::BrushStroke stroke)
{
    if (stroke.path.empty())
        return;
    leaveFocusFor(stroke.path);
    project::PromptRecord prompt = m_history.prompt();
    prompt.strokes.push_back(std::move(stroke));
    add(std::move(prompt));
}

void PromptSession::movePoint(std::size_t index, core::ImagePoint position)
{
    if (index >= m_history.prompt().points.size())
        return;
    leaveFocusFor({position});
    project::PromptRecord prompt = m_history.prompt();
    prompt.points[index].position = position;
    move(std::move(prompt));
}

void PromptSession::moveBox(core::Box box)
{
    if (!m_history.prompt().box)
        return;
    leaveFocusFor({{box.x0, box.y0}, {box.x1, box.y1}});
    project::PromptRecord prompt = m_history.prompt();
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
    if (!std::exchange(m_isMoving, false))
        return;
    if (m_hasMoved)
        ask();
    else
        lookCloser();
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
    learnChoice();
    m_history.add(std::move(prompt), answer());
    ask();
}

void PromptSession::change(project::PromptRecord prompt)
{
    m_history.replace(std::move(prompt));
    ask();
}

void PromptSession::takeBack()
{
    if (!canTakeBack())
        return;
    m_history.takeBack();
    ask();
}

void PromptSession::drop()
{
    const bool wasEmpty = !isActive() && m_candidates.empty();
    m_history.clear();
    m_refined = 0;
    m_proposal = nullptr;
    m_request = 0;
    m_closer = 0;
    m_acceptWhenAnswered = false;
    m_isMoving = false;
    m_hasMoved = false;
    m_service.forgetQuestions();
    endHover();
    setCandidates({});
    if (!wasEmpty)
        Q_EMIT promptChanged();
}

void PromptSession::ask(std::optional<core::CandidateSize> preferred)
{
    m_acceptWhenAnswered = false;
    m_closer = 0;
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
        Question question = m_history.question(m_window);
        question.preferredSize = preferred ? preferred : m_memory.find(categoryName());
        m_request = m_service.ask(std::move(question));
    }
    Q_EMIT promptChanged();
}

void PromptSession::takeAnswer(quint64 request, const std::vector<Candidate> &candidates)
{
    if (request == m_closer)
        takeCloser(candidates.front());
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
    lookCloser();
    Q_EMIT promptChanged();
    if (m_acceptWhenAnswered && !isLookingCloser())
        accept();
}

void PromptSession::takeFailure(quint64 request, core::ErrorKind kind, const QString &detail)
{
    if (request == m_closer) // there is an answer already
        endCloserLook();
    if (request != m_request)
        return;
    m_request = 0;
    m_acceptWhenAnswered = false;
    m_hasMoved = false;
    setCandidates({});
    Q_EMIT promptChanged();
    Q_EMIT failed(kind, detail);
}

void PromptSession::hover(core::ImagePoint position, core::PointLabel label)
{
    project::PromptRecord prompt = m_history.prompt();
    prompt.points.push_back({position, label});
    m_pointer = core::PointPrompt{position, label};
    Question question = m_history.preview(std::move(prompt), answer(), m_window);
    question.preferredSize = m_memory.find(categoryName());
    m_hoverRequest = m_service.askHover(std::move(question));
}

void PromptSession::endHover()
{
    m_service.forgetHover();
    m_hoverRequest = 0;
    m_pointer.reset();
    if (m_hover.isEmpty())
        return;
    m_hover = {};
    Q_EMIT hoverChanged();
}

} // namespace ui
