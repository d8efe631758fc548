// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QImage>
#include <QRect>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>

namespace ui
{

class ViewTransform;

/// Borrows numbers, one per picture pixel of `bounds`.
template <typename Label>
struct LabelViewOf {
    const Label *data = nullptr;
    qsizetype stride = 0; ///< labels from row to row
    QRect bounds;         ///< picture pixels
};
using LabelView = LabelViewOf<std::uint8_t>;
using WideLabelView = LabelViewOf<std::uint16_t>;

/// Where a part of the view, in screen pixels, lies in the view.
QRectF partInView(const QRect &part, const ViewTransform &transform);
/// The part that shows at least this of the view, screen pixels.
QRect partOfView(const QRect &view, const ViewTransform &transform);
/// The part that is all of the view, screen pixels.
QRect wholeView(const ViewTransform &transform);
/// The part that shows some pixels of the picture, with a margin in screen pixels.
QRect partShowing(const QRect &pixels, int margin, const ViewTransform &transform);

/// Numbers as coloured pixels for a part of the view, to be painted at partInView(part):
/// `colors[label]`, premultiplied ARGB. One lookup per screen pixel, so its cost follows the part,
/// not the picture.
QImage renderLabels(const LabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform, const QRect &part);
QImage renderLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform, const QRect &part);
/// With lines as wide as a point of the view, in whole screen pixels, along the inner side of every
/// label's edge, in `lineColors[label]`: however many labels there are, they cost what the part
/// costs.
QImage renderOutlinedLabels(const LabelView &labels, std::span<const QRgb> colors,
                            std::span<const QRgb> lineColors, const ViewTransform &transform,
                            const QRect &part);
QImage renderOutlinedLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                            std::span<const QRgb> lineColors, const ViewTransform &transform,
                            const QRect &part);

/// A picture's objects in one map: 0 for none, else the number of the topmost one. Thousands of
/// objects cost to paint and to hit what one costs.
class LabelMap
{
public:
    static constexpr std::size_t maxLabel = 65535;

    explicit LabelMap(core::Size size = {});
    /// Sets the rectangle to 0.
    void clear(const QRect &rect);
    /// On top of what is there, within `clip`. `mask`: Indexed8, not 0 where the object is; lies at
    /// `bounds`.
    void paint(const QImage &mask, const QRect &bounds, std::uint16_t label, const QRect &clip);
    void paint(const QImage &mask, const QRect &bounds, std::uint16_t label)
    {
        paint(mask, bounds, label, bounds);
    }
    std::uint16_t at(int x, int y) const; ///< 0 outside the picture
    WideLabelView view() const;
    core::Size size() const { return m_size; }
    QRect rect() const { return {0, 0, m_size.width, m_size.height}; }

private:
    struct Free {
        void operator()(std::uint16_t *labels) const { std::free(labels); }
    };
    core::Size m_size;
    /// Row-major. Zeros cost nothing until something is painted: a new picture's map is made at
    /// once.
    std::unique_ptr<std::uint16_t[], Free> m_labels;
};

} // namespace ui
