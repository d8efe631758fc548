// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/annotation_layer.h"

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
        while (const auto tile = m_stale.take(m_map.rect()))
            refreshTile(*tile);
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
    if (std::exchange(object.color, item.shape.image.color(1)) != item.shape.image.color(1))
        m_changed |= object.bounds;
    return true;
}

/// Both lists are in order of id: what is the same stays as it is.
void AnnotationLayer::setItems(const std::vector<AnnotationShapes::Item> &items,
                               const std::function<bool(core::Id)> &isVisible)
{
    std::vector<Object> objects;
    objects.reserve(items.size());
    auto known = m_objects.begin();
    for (const AnnotationShapes::Item &item : items) {
        const core::Annotation &annotation = item.record->annotation;
        while (known != m_objects.end() && known->id() < annotation.id)
            drop(*known++);
        const bool isKnown = known != m_objects.end() && known->id() == annotation.id;
        if (item.shape.isEmpty() || annotation.mask.size != m_map.size() ||
            !isVisible(annotation.id)) {
            if (isKnown)
                drop(*known++);
            continue;
        }
        Object object = isKnown ? std::move(*known++) : Object();
        if (takeShape(object, item))
            objects.push_back(std::move(object));
    }
    while (known != m_objects.end())
        drop(*known++);
    m_objects = std::move(objects);
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

void AnnotationLayer::refreshTile(const QRect &tile) const
{
    m_map.clear(tile);
    for (const Object &object : m_objects) {
        if (object.bounds.intersects(tile))
            m_map.paint(object.image, object.bounds, object.label, tile);
    }
}

bool AnnotationLayer::refresh(const QRectF &visible, int milliseconds)
{
    constexpr int atLeast = 16;
    const QRect pixels = visible.toAlignedRect();
    QElapsedTimer timer;
    timer.start();
    for (int done = 1;; ++done) {
        const auto tile = m_stale.take(pixels);
        if (!tile)
            return true;
        refreshTile(*tile);
        m_changed |= *tile;
        if (done >= atLeast && timer.elapsed() >= milliseconds)
            return false;
    }
}

core::Id AnnotationLayer::objectAt(QPointF picture) const
{
    const QPoint pixel(static_cast<int>(std::floor(picture.x())),
                       static_cast<int>(std::floor(picture.y())));
    if (const auto tile = m_stale.take(QRect(pixel, QSize(1, 1))))
        refreshTile(*tile);
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
    while (const auto tile = m_stale.take(object->bounds))
        refreshTile(*tile);
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
    std::vector<QRgb> fills(m_objectOfLabel.size(), 0), lines(m_objectOfLabel.size(), 0);
    for (const Object &object : m_objects) {
        if (object.id() == without)
            continue;
        QColor color = QColor::fromRgb(object.color);
        lines[object.label] = color.rgb();
        const bool selected = std::binary_search(m_selected.begin(), m_selected.end(), object.id());
        color.setAlphaF(static_cast<float>(selected ? looks::selectedFill : looks::acceptedFill));
        fills[object.label] = qPremultiply(color.rgba());
    }
    painter.drawImage(partInView(part, transform).topLeft(),
                      pixelLines ? renderOutlinedLabels(m_map.view(), fills, lines, transform, part)
                                 : renderLabels(m_map.view(), fills, transform, part));
    if (pixelLines)
        return;
    const QRectF view = partInView(part, transform).adjusted(-2, -2, 2, 2);
    const QRect inPart =
        QRectF(transform.toPicture(view.topLeft()), transform.toPicture(view.bottomRight()))
            .toAlignedRect();
    for (const Object &object : m_objects) {
        if (object.id() != without && object.bounds.intersects(inPart))
            strokeOutline(painter, object.lines, transform,
                          {QPen(QColor::fromRgb(object.color), looks::acceptedLine)});
    }
}

void AnnotationLayer::paintMarked(QPainter &painter, const ViewTransform &transform,
                                  core::Id without) const
{
    std::vector<core::Id> marked = m_selected;
    marked.push_back(m_hovered);
    double points = 0;
    for (const core::Id id : marked) {
        const Object *object = id == without ? nullptr : find(id);
        if (!object)
            continue;
        points += strokedPoints(object->lines, transform);
        if (points <= maxStrokedPoints) // their fill tells the others apart
            strokeOutline(painter, object->lines, transform,
                          outlinePens(QColor::fromRgb(object->color), looks::workLine));
    }
}

} // namespace ui
