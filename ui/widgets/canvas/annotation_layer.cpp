// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/annotation_layer.h"

#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPen>

#include <algorithm>
#include <cmath>
#include <map>

namespace ui
{

/// Beyond so many corners outlines cost more than they show; the fills still tell objects apart.
static constexpr qsizetype maxOutlinePoints = 400'000;

bool AnnotationLayer::Object::hasMaskOf(const Object &other) const
{
    return shown == other.shown ||
           (id() == other.id() && shown->annotation.mask == other.shown->annotation.mask);
}

void AnnotationLayer::reset(core::Size size)
{
    m_map = LabelMap(size);
    m_objects.clear();
    m_selected.clear();
    m_hovered = 0;
}

void AnnotationLayer::setItems(const std::vector<AnnotationShapes::Item> &items,
                               const std::function<bool(core::Id)> &isVisible)
{
    std::vector<Object> objects;
    std::vector<const MaskShape *> shapes;
    for (const auto &item : items) {
        const core::Annotation &annotation = item.record->annotation;
        if (item.shape.isEmpty() || annotation.mask.size != m_map.size() ||
            !isVisible(annotation.id) || objects.size() == LabelMap::maxLabel)
            continue;
        objects.push_back({item.shown, item.shape.image.color(1), item.shape.bounds, {}});
        shapes.push_back(&item.shape);
    }
    // Where the rest is as it was, only what came on top is painted.
    std::size_t same = 0;
    while (same < objects.size() && same < m_objects.size() &&
           objects[same].hasMaskOf(m_objects[same]))
        ++same;
    if (same < m_objects.size()) {
        m_map.clear();
        same = 0;
    }
    std::map<core::Id, Object *> before;
    for (Object &object : m_objects)
        before[object.id()] = &object;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (i >= same)
            m_map.paint(shapes[i]->image, shapes[i]->bounds, static_cast<std::uint16_t>(i + 1));
        const auto known = before.find(objects[i].id());
        objects[i].lines = known != before.end() && objects[i].hasMaskOf(*known->second)
                               ? std::move(known->second->lines)
                               : outlineLines(shapes[i]->outline);
    }
    m_objects = std::move(objects);
}

core::Id AnnotationLayer::objectAt(QPointF picture) const
{
    const auto label = m_map.at(static_cast<int>(std::floor(picture.x())),
                                static_cast<int>(std::floor(picture.y())));
    return label ? m_objects[label - 1U].id() : 0;
}

const AnnotationLayer::Object *AnnotationLayer::find(core::Id id) const
{
    const auto found = std::find_if(m_objects.begin(), m_objects.end(),
                                    [id](const Object &object) { return object.id() == id; });
    return found == m_objects.end() ? nullptr : &*found;
}

QRect AnnotationLayer::boundsOf(core::Id id) const
{
    const Object *object = find(id);
    return object ? object->bounds : QRect();
}

core::Mask AnnotationLayer::shownPixels(core::Id id) const
{
    core::Mask mask(m_map.size());
    for (std::size_t i = 0; i < m_objects.size(); ++i) {
        if (m_objects[i].id() != id)
            continue;
        for (int y = 0; y < mask.size.height; ++y)
            for (int x = 0; x < mask.size.width; ++x)
                mask.set(x, y, m_map.at(x, y) == i + 1);
    }
    return mask;
}

void AnnotationLayer::paint(QPainter &painter, const ViewTransform &transform,
                            core::Id without) const
{
    if (m_objects.empty())
        return;
    std::vector<QRgb> colors(m_objects.size() + 1, 0);
    qsizetype points = 0;
    for (std::size_t i = 0; i < m_objects.size(); ++i) {
        if (m_objects[i].id() == without)
            continue;
        QColor color = QColor::fromRgb(m_objects[i].color);
        const bool selected =
            std::binary_search(m_selected.begin(), m_selected.end(), m_objects[i].id());
        color.setAlphaF(static_cast<float>(selected ? looks::selectedFill : looks::acceptedFill));
        colors[i + 1] = qPremultiply(color.rgba());
        points += m_objects[i].lines.pointCount;
    }
    painter.drawImage(QPointF(0, 0), renderLabels(m_map.view(), colors, transform));
    if (points <= maxOutlinePoints) {
        for (const Object &object : m_objects)
            if (object.id() != without)
                strokeOutline(painter, object.lines, transform,
                              {QPen(QColor::fromRgb(object.color), looks::acceptedLine)});
    }
    std::vector<core::Id> lifted = m_selected;
    lifted.push_back(m_hovered);
    for (const core::Id id : lifted) {
        if (const Object *object = id == without ? nullptr : find(id))
            strokeOutline(painter, object->lines, transform,
                          outlinePens(QColor::fromRgb(object->color), looks::workLine));
    }
}

} // namespace ui
