// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_shapes.h"
#include "ui/editing/candidate.h"
#include "ui/editing/tools/tool_preview.h"

#include "ui/widgets/canvas/view_transform.h"

#include <QColor>
#include <QImage>

#include <functional>
#include <memory>
#include <optional>

class QPainter;

namespace ui
{

/// What hand tools change, pixel by pixel, as it will be seen in the end: what a brush is painting
/// or erasing, and what was changed just now, until the object's new shape is made. What was
/// painted once is kept, so that a stroke costs what it has grown by, however large it is.
class EditLayer
{
public:
    /// The object in work; null: none.
    void setWork(const Candidate *candidate);
    /// The selected object; null: none, or many.
    /// Whether something else is to be painted than before.
    bool setSelected(const AnnotationShapes::Item *item);
    /// Where the stroke has grown since it was painted last, device pixels; nothing: there is no
    /// stroke, or all of it is to be painted.
    std::optional<QRect> unpainted(const ToolPreview &preview,
                                   const ViewTransform &transform) const;

    /// `under`: the view without the object, asked for when needed. `tint`: the object's colour
    /// with its opacity.
    void paint(QPainter &painter, const ViewTransform &transform, const ToolPreview &preview,
               const std::function<const QImage &()> &under, const QColor &tint);

private:
    using MaskPointer = std::shared_ptr<const core::Rle>;
    struct Changes {
        MaskPointer shown; ///< what the object's shape shows; null: nothing
        MaskPointer now;
        std::optional<core::Rle> put, taken; ///< from the one to the other
    };
    /// Pixels as large as the view, clear where nothing was changed, and what they were made of.
    struct Painted {
        QImage image;
        QRect rect; ///< device pixels that are not clear
        ViewTransform view;
        qint64 under = 0; ///< its cache key
        QRgb tint = 0;
        bool isOf(const ViewTransform &transform, const QImage &below, const QColor &color) const;
        void start(const ViewTransform &transform, const QImage &below, const QColor &color);
        void paint(QPainter &painter) const;
    };
    bool setChanges(const MaskPointer &shown, const MaskPointer &now);
    QRect grown(const ViewTransform &transform) const;
    static void paintChange(QPainter &painter, const ViewTransform &transform,
                            const core::Rle &pixels, const QImage &under, const QColor &tint,
                            Painted &painted);
    void paintStroke(QPainter &painter, const ViewTransform &transform, const ToolPreview &preview,
                     const QImage &under, const QColor &tint);

    Changes m_changes;
    Painted m_put, m_taken; ///< of m_changes
    Painted m_strokePainted;
    std::shared_ptr<const core::StrokeRaster> m_stroke; ///< that m_strokePainted shows
    std::size_t m_stepsPainted = 0;                     ///< of m_stroke
    bool m_hasWork = false;
    qint64 m_workShape = 0; ///< key of the candidate's shape
    MaskPointer m_workMask; ///< which that shape shows
};

} // namespace ui
