// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/canvas_view.h"

#include "ui/widgets/canvas/candidate_strip.h"

#include <QEvent>
#include <QThreadPool>

#include <utility>

namespace ui
{

CanvasView::CanvasView(PromptSession &session, Toolbox &toolbox, const AnnotationShapes &shapes,
                       QWidget *parent)
    : QWidget(parent), m_session(session), m_toolbox(toolbox), m_shapes(shapes),
      m_prompts(session, toolbox), m_strip(new CandidateStrip(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setContextMenuPolicy(Qt::PreventContextMenu); // the right button is the background point
    setMinimumSize(240, 180);
    connect(&session, &PromptSession::promptChanged, this, [this] { update(); });
    connect(&session, &PromptSession::candidatesChanged, this, [this] {
        if (std::exchange(m_refined, m_session.refined()) != m_session.refined())
            invalidateBackdrop(); // its mask is painted as that of the object in work
        m_prompts.updateWork();
        m_edits.setWork(m_session.current());
        updateEdits();
        updateStrip();
        update();
    });
    connect(&session, &PromptSession::focusChanged, this, [this] { update(); });
    connect(&session, &PromptSession::hoverChanged, this, [this] {
        updatePart(m_prompts.hoverBounds());
        m_prompts.updateHover();
        updatePart(m_prompts.hoverBounds());
    });
    connect(&session, &PromptSession::accepted, this, [this](core::Id id) {
        m_prompts.keepUntilShown(id);
        updateAnnotations();
    });
    connect(&toolbox, &Toolbox::previewChanged, this, &CanvasView::updateGesture);
    connect(&toolbox, &Toolbox::optionsChanged, this, [this] { update(); });
    connect(&toolbox, &Toolbox::currentChanged, this, &CanvasView::updateCursor);
    connect(&shapes, &AnnotationShapes::changed, this, &CanvasView::updateAnnotations);
    connect(m_strip, &CandidateStrip::chosen, this, [this](int index) { m_session.select(index); });
}

void CanvasView::setTheme(const Theme &theme)
{
    m_theme = theme;
    invalidateBackdrop();
    m_strip->setTheme(theme);
    update();
}

void CanvasView::setPicture(std::shared_ptr<const PicturePyramid> picture)
{
    // Giving a hundred megabytes back takes longer than it looks.
    if (m_picture)
        QThreadPool::globalInstance()->start([old = std::exchange(m_picture, nullptr)] {});
    m_picture = std::move(picture);
    const core::Size size = m_picture ? m_picture->size() : core::Size{};
    m_transform.setPicture(size);
    m_annotations.reset(size);
    invalidateBackdrop();
    m_panning = false;
    updateAnnotations();
    updateStrip();
    updateCursor();
    update();
    m_toolbox.setView({m_transform.visiblePicture(), 1 / m_transform.scale()});
    Q_EMIT zoomChanged(m_transform.zoom());
}

void CanvasView::setWorkColor(const QColor &color)
{
    m_prompts.setColor(color);
    updateStrip();
    update();
}

void CanvasView::setPending(bool pending)
{
    m_pending = pending;
    update();
}

void CanvasView::setSelected(const std::vector<core::Id> &annotations)
{
    m_annotations.setSelected(annotations);
    updateEdits();
    update();
}

void CanvasView::setFilters(std::function<bool(core::Id)> isVisible,
                            std::function<bool(core::Id)> isLocked)
{
    m_isVisible = std::move(isVisible);
    m_isLocked = std::move(isLocked);
    updateAnnotations();
}

void CanvasView::updateAnnotations()
{
    m_annotations.setItems(m_shapes.items(), m_isVisible);
    const bool isShown = m_prompts.kept() && !m_annotations.boundsOf(m_prompts.kept()).isNull();
    if (isShown)
        m_prompts.releaseKept();
    if (updateEdits() || isShown)
        update();
    else
        updateChanged();
}

/// Where annotations have changed.
void CanvasView::updateChanged()
{
    updatePart(m_annotations.changed());
}

/// Pixels of the picture, with the lines round them.
void CanvasView::updatePart(const QRect &pixels)
{
    constexpr int margin = 8;
    if (!pixels.isEmpty())
        update(partInView(partShowing(pixels, margin, m_transform), m_transform).toAlignedRect());
}

/// Empty for a tool without one.
QRect CanvasView::ringRect() const
{
    const double ring = m_toolbox.current().cursorRadius(m_modifiers) * m_transform.scale();
    if (!m_pointer || ring <= 0)
        return {};
    const double radius = ring + 2;
    return QRectF(*m_pointer - QPointF(radius, radius), 2 * QSizeF(radius, radius)).toAlignedRect();
}

void CanvasView::updateRing()
{
    update(m_ringPainted);
    update(ringRect());
}

std::optional<std::size_t> CanvasView::hotPoint() const
{
    if (!m_pointer)
        return std::nullopt;
    return m_toolbox.current().pointAt(pointerEvent(*m_pointer, Qt::NoButton, m_modifiers));
}

/// Of a brush at work, what it painted and its ring; else everything.
void CanvasView::updateGesture()
{
    const std::optional<QRect> grown =
        m_edits.unpainted(m_toolbox.current().preview(), m_transform);
    if (!grown) {
        update();
        return;
    }
    update(partInView(*grown, m_transform).toAlignedRect());
    updateRing();
}

void CanvasView::setMasksHidden(bool hidden)
{
    if (std::exchange(m_masksHidden, hidden) != hidden)
        invalidateBackdrop();
    update();
}

void CanvasView::changeView(const std::function<void()> &change)
{
    const double zoom = m_transform.zoom();
    change();
    m_toolbox.setView({m_transform.visiblePicture(), 1 / m_transform.scale()});
    placeStrip();
    update();
    if (zoom != m_transform.zoom())
        Q_EMIT zoomChanged(m_transform.zoom());
}

void CanvasView::fit()
{
    changeView([this] { m_transform.fit(); });
}

void CanvasView::setZoom(double zoom)
{
    changeView([&] { m_transform.setZoom(zoom, m_pointer.value_or(m_transform.viewCenter())); });
}

void CanvasView::zoomBy(double factor)
{
    setZoom(m_transform.zoom() * factor);
}

void CanvasView::showAnnotation(core::Id annotation)
{
    const QRect bounds = m_annotations.boundsOf(annotation);
    if (!bounds.isNull())
        changeView([&] { m_transform.show(bounds.toRectF()); });
}

void CanvasView::updateViewport()
{
    changeView([this] { m_transform.setViewport(size(), devicePixelRatioF()); });
}

void CanvasView::updateStrip()
{
    std::vector<CandidateStrip::Candidate> candidates;
    QRect frame;
    for (const Candidate &candidate : m_session.candidates())
        frame |= candidate.shape.bounds;
    if (m_session.candidates().size() > 1) {
        for (const Candidate &candidate : m_session.candidates())
            candidates.push_back({silhouette(candidate.shape, frame, 56), candidate.predictedIou});
    }
    m_strip->setCandidates(std::move(candidates), m_session.selected(), m_prompts.color());
    placeStrip();
    // What else lies on the canvas may be about to change with the answer.
    QMetaObject::invokeMethod(this, &CanvasView::placeStrip, Qt::QueuedConnection);
}

void CanvasView::placeStrip()
{
    if (!m_strip->isHidden())
        m_strip->placeBeside(m_prompts.workInView(m_transform));
}

const AnnotationShapes::Item *CanvasView::selectedItem() const
{
    if (m_annotations.selected().size() != 1)
        return nullptr;
    for (const AnnotationShapes::Item &item : m_shapes.items()) {
        if (item.record->annotation.id == m_annotations.selected().front())
            return &item;
    }
    return nullptr;
}

bool CanvasView::updateEdits()
{
    const AnnotationShapes::Item *item = selectedItem();
    // What was just accepted is shown by the prompts' layer.
    return m_edits.setSelected(item && item->record->annotation.id != m_prompts.kept() ? item
                                                                                       : nullptr);
}

void CanvasView::resizeEvent(QResizeEvent *)
{
    updateViewport();
}

bool CanvasView::event(QEvent *event)
{
    // Moved to a screen of another pixel ratio.
    if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Show)
        updateViewport();
    return QWidget::event(event);
}

} // namespace ui
