// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_shapes.h"
#include "ui/editing/candidate.h"
#include "ui/editing/tools/tool_preview.h"

#include <QColor>

#include <functional>
#include <memory>
#include <optional>

class QImage;
class QPainter;

namespace ui
{

class ViewTransform;

/// What hand tools change, pixel by pixel, as it will be seen in the end: what a brush is painting
/// or erasing, and what was changed just now, until the object's new shape is made.
class EditLayer
{
public:
    /// The object in work; null: none.
    void setWork(const Candidate *candidate);
    /// The selected object; null: none, or many.
    void setSelected(const AnnotationShapes::Item *item);

    /// `under`: the view without the object, asked for when needed. `tint`: the object's colour
    /// with its opacity.
    void paint(QPainter &painter, const ViewTransform &transform, const ToolPreview &preview,
               const std::function<const QImage &()> &under, const QColor &tint) const;

private:
    using MaskPointer = std::shared_ptr<const core::Rle>;
    struct Changes {
        MaskPointer shown; ///< what the object's shape shows; null: nothing
        MaskPointer now;
        std::optional<core::Rle> put, taken; ///< from the one to the other
    };
    void setChanges(const MaskPointer &shown, const MaskPointer &now);

    Changes m_changes;
    bool m_hasWork = false;
    qint64 m_workShape = 0; ///< key of the candidate's shape
    MaskPointer m_workMask; ///< which that shape shows
};

} // namespace ui
