// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/canvas_view.h"

#include "ui/editing/pointer_event.h"
#include "ui/widgets/canvas/candidate_strip.h"
#include "ui/widgets/canvas/drawing_painter.h"
#include "ui/widgets/canvas/prompt_painter.h"

#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
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
        m_prompts.updateHover();
        update();
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

/// Where annotations have changed, lines and all.
void CanvasView::updateChanged()
{
    constexpr int margin = 8;
    if (!m_annotations.changed().isEmpty())
        update(partInView(partShowing(m_annotations.changed(), margin, m_transform), m_transform)
                   .toAlignedRect());
}

QRect CanvasView::ringRect() const
{
    const double radius = m_toolbox.current().cursorRadius(m_modifiers) * m_transform.scale() + 2;
    return m_pointer ? QRectF(*m_pointer - QPointF(radius, radius), 2 * QSizeF(radius, radius))
                           .toAlignedRect()
                     : QRect();
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
    update(m_ringPainted);
    update(ringRect());
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
}

void CanvasView::placeStrip()
{
    if (m_strip->isHidden())
        return;
    const QRectF object = m_prompts.workInView(m_transform);
    constexpr int gap = 10;
    // Below the object, above it where there is no room; always whole on the canvas.
    int y = static_cast<int>(object.bottom()) + gap;
    if (y + m_strip->height() > height() - gap)
        y = static_cast<int>(object.top()) - gap - m_strip->height();
    const int x = static_cast<int>(object.center().x()) - m_strip->width() / 2;
    m_strip->move(std::clamp(x, gap, std::max(gap, width() - m_strip->width() - gap)),
                  std::clamp(y, gap, std::max(gap, height() - m_strip->height() - gap)));
}

/// Picture and accepted objects.
void CanvasView::paintBackdrop(QPainter &painter)
{
    // A change of very many objects is made good over a few frames.
    if (!m_annotations.refresh(m_transform.visiblePicture(), 4))
        QMetaObject::invokeMethod(this, qOverload<>(&QWidget::update), Qt::QueuedConnection);
    const bool pixelLines = m_annotations.hasPixelLines(m_transform);
    if (std::exchange(m_hasPixelLines, pixelLines) != pixelLines) {
        invalidateBackdrop();
        // This frame may be of a part only.
        QMetaObject::invokeMethod(this, qOverload<>(&QWidget::update), Qt::QueuedConnection);
    }
    const QRect changed = m_annotations.takeChanged();
    const QRect stale = changed.isEmpty() ? QRect() : partShowing(changed, 3, m_transform);
    m_changedUnderEdits |= changed;
    painter.drawImage(QPointF(0, 0), m_backdrop.image(m_transform, stale,
                                                      [this](QPainter &onto, const QRect &part) {
                                                          paintBackdropPart(onto, part, m_refined);
                                                      }));
}

void CanvasView::paintBackdropPart(QPainter &painter, const QRect &part, core::Id without)
{
    painter.fillRect(partInView(part, m_transform), m_theme.canvas);
    m_picture->paint(painter, m_transform);
    painter.setPen(m_theme.border);
    painter.drawRect(m_transform.pictureInView().adjusted(-1, -1, 0, 0));
    if (!m_masksHidden)
        m_annotations.paint(painter, m_transform, part, without);
}

void CanvasView::invalidateBackdrop()
{
    m_backdrop.invalidate();
    m_underEdits.invalidate();
}

const QImage &CanvasView::backdropUnderEdits()
{
    const AnnotationShapes::Item *item = selectedItem();
    const core::Id without = m_session.current() ? m_refined
                             : item              ? item->record->annotation.id
                                                 : 0;
    if (std::exchange(m_underEditsWithout, without) != without)
        m_underEdits.invalidate();
    const QRect changed = std::exchange(m_changedUnderEdits, QRect());
    const QRect stale = changed.isEmpty() ? QRect() : partShowing(changed, 3, m_transform);
    return m_underEdits.image(m_transform, stale,
                              [this, without](QPainter &onto, const QRect &part) {
                                  paintBackdropPart(onto, part, without);
                              });
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

void CanvasView::paintEdits(QPainter &painter)
{
    const AnnotationShapes::Item *item = selectedItem();
    const bool isInWork = m_session.current() != nullptr;
    QColor tint = item && !isInWork ? m_shapes.colorOf(item->record) : m_prompts.color();
    tint.setAlphaF(static_cast<float>(isInWork ? looks::workFill : looks::selectedFill));
    m_edits.paint(
        painter, m_transform, m_toolbox.current().preview(),
        [this]() -> const QImage & { return backdropUnderEdits(); }, tint);
}

void CanvasView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (!m_picture) {
        painter.fillRect(rect(), m_theme.canvas);
        return;
    }
    paintBackdrop(painter);
    if (!m_masksHidden) {
        m_annotations.paintMarked(painter, m_transform, event->rect(), m_refined);
        m_prompts.paintMasks(painter, m_transform);
        paintEdits(painter);
    }
    const Tool &tool = m_toolbox.current();
    paintDrawing(painter, tool.preview(), m_transform, m_prompts.color());
    std::optional<std::size_t> hot;
    if (m_pointer)
        hot = tool.pointAt(pointerEvent(*m_pointer, Qt::NoButton, m_modifiers));
    m_prompts.paintPrompts(painter, m_transform, m_pending && m_session.isWaiting(), hot);
    const double radius = tool.cursorRadius(m_modifiers) * m_transform.scale();
    m_ringPainted = {};
    if (m_pointer && radius > 0 && !m_panning && !m_spaceHeld) {
        paintBrushCursor(painter, *m_pointer, radius);
        m_ringPainted = ringRect();
    }
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
