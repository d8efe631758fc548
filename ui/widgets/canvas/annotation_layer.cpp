// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/annotation_layer.h"

#include "ui/widgets/canvas/screen_pixels.h"
#include "ui/widgets/theme/theme.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ui
{

/// Stroking so many points takes a few milliseconds; beyond that the lines come from the pixels.
static constexpr double maxStrokedPoints = 6'000;

/// How far lines reach beyond the pixels that they go round, screen pixels.
static int lineReach(const ViewTransform &transform)
{
    return int(std::ceil(2 * transform.devicePixelRatio())) + 1;
}

void AnnotationLayer::reset(core::Size size)
{
    m_map = LabelMap(size);
    m_stale = StaleTiles(size);
    m_objects.clear();
    m_objectOfLabel.assign(1, 0);
    m_freeLabels.clear();
    m_changed = m_map.rect();
    m_selected.clear();
    m_hovered = 0;
}

void AnnotationLayer::touch(const QRect &pixels)
{
    m_stale.mark(pixels);
    m_changed |= pixels;
}

/// While a tile may still show who had a label, nobody else gets it.
std::uint16_t AnnotationLayer::newLabel()
{
    if (m_objectOfLabel.size() > LabelMap::maxLabel) {
        while (const auto stale = m_stale.take(m_map.rect()))
            refresh(*stale);
    }
    if (m_stale.isEmpty() && !m_freeLabels.empty()) {
        const std::uint16_t label = m_freeLabels.back();
        m_freeLabels.pop_back();
        return label;
    }
    if (m_objectOfLabel.size() > LabelMap::maxLabel)
        return 0;
    m_objectOfLabel.push_back(0);
    return static_cast<std::uint16_t>(m_objectOfLabel.size() - 1);
}

void AnnotationLayer::drop(const Object &object)
{
    m_objectOfLabel[object.label] = 0;
    m_freeLabels.push_back(object.label);
    touch(object.bounds);
}

/// False: there are more objects than labels.
bool AnnotationLayer::takeShape(Object &object, const AnnotationShapes::Item &item)
{
    const bool isNew = object.label == 0;
    if (!isNew && object.shown == item.shown && object.color == item.color)
        return true;
    const bool isSameMask =
        !isNew && (object.shown == item.shown ||
                   object.shown->annotation.mask == item.shown->annotation.mask);
    if (!isSameMask) {
        if (isNew)
            object.label = newLabel();
        if (object.label == 0)
            return false;
        m_objectOfLabel[object.label] = item.shown->annotation.id;
        touch(object.bounds);
        object.bounds = item.shape.bounds;
        object.image = item.shape.image;
        object.lines = item.shape.lines;
        touch(object.bounds);
    }
    object.shown = item.shown;
    if (std::exchange(object.color, item.color) != item.color)
        m_changed |= object.bounds;
    return true;
}

/// Both lists are in order of id: what is the same stays as it is, and where it is.
void AnnotationLayer::setItems(const std::vector<AnnotationShapes::Item> &items,
                               const std::function<bool(core::Id)> &isVisible)
{
    const auto isShown = [&](const AnnotationShapes::Item &item) {
        return !item.shape.isEmpty() && item.record->annotation.mask.size == m_map.size() &&
               isVisible(item.record->annotation.id);
    };
    auto known = m_objects.begin();
    auto item = items.begin();
    for (; item != items.end(); ++item) {
        const core::Id id = item->record->annotation.id;
        const bool isKnown = known != m_objects.end() && known->id() == id;
        if ((!isKnown && known != m_objects.end() && known->id() < id) || isKnown != isShown(*item))
            break;
        if (isKnown)
            takeShape(*known++, *item);
    }
    // From here on some come or go; as a rule it is the end.
    std::vector<Object> rest;
    const auto firstMoved = known;
    for (; item != items.end(); ++item) {
        const core::Id id = item->record->annotation.id;
        while (known != m_objects.end() && known->id() < id)
            drop(*known++);
        const bool isKnown = known != m_objects.end() && known->id() == id;
        if (!isShown(*item)) {
            if (isKnown)
                drop(*known++);
            continue;
        }
        Object object = isKnown ? std::move(*known++) : Object();
        if (takeShape(object, *item))
            rest.push_back(std::move(object));
    }
    while (known != m_objects.end())
        drop(*known++);
    m_objects.erase(firstMoved, m_objects.end());
    m_objects.insert(m_objects.end(), std::make_move_iterator(rest.begin()),
                     std::make_move_iterator(rest.end()));
}

void AnnotationLayer::setSelected(std::vector<core::Id> ids)
{
    std::vector<core::Id> differ;
    std::set_symmetric_difference(ids.begin(), ids.end(), m_selected.begin(), m_selected.end(),
                                  std::back_inserter(differ));
    for (const core::Id id : differ)
        m_changed |= boundsOf(id);
    m_selected = std::move(ids);
}

void AnnotationLayer::refresh(const QRect &pixels) const
{
    m_map.clear(pixels);
    for (const Object &object : m_objects) {
        if (object.bounds.intersects(pixels))
            m_map.paint(object.image, object.bounds, object.label, pixels);
    }
}

bool AnnotationLayer::refresh(const QRectF &visible, int milliseconds)
{
    constexpr int atLeast = 16;
    const QRect pixels = visible.toAlignedRect();
    QElapsedTimer timer;
    timer.start();
    for (int done = 1;; ++done) {
        const auto stale = m_stale.take(pixels);
        if (!stale)
            return true;
        refresh(*stale);
        m_changed |= *stale;
        if (done >= atLeast && timer.elapsed() >= milliseconds)
            return false;
    }
}

core::Id AnnotationLayer::objectAt(QPointF picture) const
{
    const QPoint pixel(static_cast<int>(std::floor(picture.x())),
                       static_cast<int>(std::floor(picture.y())));
    if (const auto stale = m_stale.take(QRect(pixel, QSize(1, 1))))
        refresh(*stale);
    return m_objectOfLabel[m_map.at(pixel.x(), pixel.y())];
}

const AnnotationLayer::Object *AnnotationLayer::find(core::Id id) const
{
    const auto found = std::lower_bound(
        m_objects.begin(), m_objects.end(), id,
        [](const Object &object, core::Id wanted) { return object.id() < wanted; });
    return found == m_objects.end() || found->id() != id ? nullptr : &*found;
}

QRect AnnotationLayer::boundsOf(core::Id id) const
{
    const Object *object = find(id);
    return object ? object->bounds : QRect();
}

core::Mask AnnotationLayer::shownPixels(core::Id id) const
{
    core::Mask mask(m_map.size());
    const Object *object = find(id);
    if (!object)
        return mask;
    while (const auto stale = m_stale.take(object->bounds))
        refresh(*stale);
    for (int y = object->bounds.top(); y <= object->bounds.bottom(); ++y)
        for (int x = object->bounds.left(); x <= object->bounds.right(); ++x)
            mask.set(x, y, m_map.at(x, y) == object->label);
    return mask;
}

bool AnnotationLayer::hasPixelLines(const ViewTransform &transform) const
{
    const QRect visible = transform.visiblePicture().toAlignedRect();
    double points = 0;
    for (const Object &object : m_objects) {
        if (object.bounds.intersects(visible))
            points += strokedPoints(object.lines, transform);
    }
    return points > maxStrokedPoints;
}

void AnnotationLayer::paint(QPainter &painter, const ViewTransform &transform, const QRect &part,
                            core::Id without) const
{
    if (m_objects.empty())
        return;
    const bool pixelLines = hasPixelLines(transform);
    const QRectF view = partInView(part, transform).adjusted(-2, -2, 2, 2);
    const QRect inPart =
        QRectF(transform.toPicture(view.topLeft()), transform.toPicture(view.bottomRight()))
            .toAlignedRect();
    std::vector<QRgb> fills(m_objectOfLabel.size(), 0), lines(m_objectOfLabel.size(), 0);
    for (const Object &object : m_objects) {
        if (object.id() == without || !object.bounds.intersects(inPart))
            continue;
        QColor color = QColor::fromRgb(object.color);
        lines[object.label] = color.rgb();
        const bool selected = std::binary_search(m_selected.begin(), m_selected.end(), object.id());
        color.setAlphaF(static_cast<float>(selected ? looks::selectedFill : looks::acceptedFill));
        fills[object.label] = qPremultiply(color.rgba());
    }
    drawPixels(painter, part.topLeft(),
               pixelLines ? renderOutlinedLabels(m_map.view(), fills, lines, transform, part)
                          : renderLabels(m_map.view(), fills, transform, part),
               transform.devicePixelRatio());
    if (pixelLines)
        return;
    for (const Object &object : m_objects) {
        if (object.id() != without && object.bounds.intersects(inPart))
            strokeOutline(painter, object.lines, transform,
                          {QPen(QColor::fromRgb(object.color), looks::acceptedLine)},
                          partShowing(object.bounds, lineReach(transform), transform) & part);
    }
}

void AnnotationLayer::paintMarked(QPainter &painter, const ViewTransform &transform,
                                  const QRect &part, core::Id without) const
{
    std::vector<core::Id> marked = m_selected;
    marked.push_back(m_hovered);
    double points = 0;
    for (const core::Id id : marked) {
        const Object *object = id == without ? nullptr : find(id);
        if (!object)
            continue;
        const QRect own = partShowing(object->bounds, lineReach(transform), transform) & part;
        if (own.isEmpty())
            continue;
        points += strokedPoints(object->lines, transform);
        if (points <= maxStrokedPoints) // their fill tells the others apart
            strokeOutline(painter, object->lines, transform,
                          outlinePens(QColor::fromRgb(object->color), looks::workLine), own);
    }
}

} // namespace ui
