// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/mask/mask.h"
#include "ui/editing/annotation_shapes.h"
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/outline_lines.h"
#include "ui/widgets/canvas/stale_tiles.h"
#include "ui/widgets/canvas/view_transform.h"

#include <functional>
#include <utility>
#include <vector>

class QPainter;

namespace ui
{

/// The accepted objects of the open picture. What a change costs follows its area, what painting
/// costs follows the window; neither follows the number of objects.
class AnnotationLayer
{
public:
    /// A new picture without objects.
    void reset(core::Size size);
    /// In the order of painting, which is that of the ids; shapes that are still being made are
    /// left out.
    void setItems(const std::vector<AnnotationShapes::Item> &items,
                  const std::function<bool(core::Id)> &isVisible);
    void setSelected(std::vector<core::Id> ids);
    /// Whether it is another one.
    bool setHovered(core::Id id) { return std::exchange(m_hovered, id) != id; }

    const std::vector<core::Id> &selected() const { return m_selected; }
    /// The topmost visible object on a pixel; 0: none.
    core::Id objectAt(QPointF picture) const;
    QRect boundsOf(core::Id id) const;
    /// The pixels that show the object; those under other objects are not among them.
    core::Mask shownPixels(core::Id id) const;

    /// Brings the pixels that are in sight up to date, for some milliseconds at most. False: some
    /// are left, and should be gone on with after the next frame.
    bool refresh(const QRectF &visible, int milliseconds);
    /// The pixels that are to be painted anew since this was asked last.
    QRect takeChanged() { return std::exchange(m_changed, QRect()); }
    const QRect &changed() const { return m_changed; } ///< the same, without taking it
    /// Whether paint() takes the lines from the pixels: there are too many to stroke each.
    bool hasPixelLines(const ViewTransform &transform) const;

    /// All objects within a part of the view, screen pixels. `without`: this one is left out; 0:
    /// none is.
    void paint(QPainter &painter, const ViewTransform &transform, const QRect &part,
               core::Id without = 0) const;
    /// The lines round the hovered and the selected objects, within a part of the view.
    void paintMarked(QPainter &painter, const ViewTransform &transform, const QRect &part,
                     core::Id without) const;

private:
    struct Object {
        project::AnnotationPointer shown; ///< whose mask it is
        std::uint16_t label = 0;
        QRgb color = 0;
        QRect bounds;
        QImage image;
        OutlineLines lines;
        core::Id id() const { return shown->annotation.id; }
    };
    const Object *find(core::Id id) const;
    bool takeShape(Object &object, const AnnotationShapes::Item &item);
    void drop(const Object &object);
    std::uint16_t newLabel();
    void touch(const QRect &pixels);
    void refresh(const QRect &pixels) const;

    mutable LabelMap m_map; ///< out of date where m_stale says
    mutable StaleTiles m_stale;
    std::vector<Object> m_objects;            ///< by id
    std::vector<core::Id> m_objectOfLabel{0}; ///< 0: of nobody
    std::vector<std::uint16_t> m_freeLabels;
    QRect m_changed;
    std::vector<core::Id> m_selected; ///< ascending
    core::Id m_hovered = 0;
};

} // namespace ui
