// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/mask/mask.h"
#include "ui/editing/annotation_shapes.h"
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/outline_lines.h"
#include "ui/widgets/canvas/view_transform.h"

#include <functional>
#include <utility>
#include <vector>

class QPainter;

namespace ui
{

/// The accepted objects of the open picture.
class AnnotationLayer
{
public:
    /// A new picture without objects.
    void reset(core::Size size);
    /// In the order of painting; shapes that are still being made are left out.
    void setItems(const std::vector<AnnotationShapes::Item> &items,
                  const std::function<bool(core::Id)> &isVisible);
    /// True when that changed what is painted.
    bool setSelected(std::vector<core::Id> ids)
    {
        return std::exchange(m_selected, std::move(ids)) != m_selected;
    }
    bool setHovered(core::Id id) { return std::exchange(m_hovered, id) != id; }

    const std::vector<core::Id> &selected() const { return m_selected; }
    /// The topmost visible object on a pixel; 0: none.
    core::Id objectAt(QPointF picture) const;
    QRect boundsOf(core::Id id) const;
    /// The pixels that show the object; those under other objects are not among them.
    core::Mask shownPixels(core::Id id) const;

    /// `without`: this object is left out; 0: none is.
    void paint(QPainter &painter, const ViewTransform &transform, core::Id without = 0) const;

private:
    struct Object {
        project::AnnotationPointer shown; ///< whose mask it is
        QRgb color = 0;
        QRect bounds;
        OutlineLines lines;
        core::Id id() const { return shown->annotation.id; }
        bool hasMaskOf(const Object &other) const;
    };
    const Object *find(core::Id id) const;

    LabelMap m_map;
    std::vector<Object> m_objects;    ///< object i has label i + 1
    std::vector<core::Id> m_selected; ///< ascending
    core::Id m_hovered = 0;
};

} // namespace ui
