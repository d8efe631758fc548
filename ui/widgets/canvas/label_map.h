// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QImage>
#include <QRect>

#include <cstdint>
#include <span>
#include <vector>

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

/// Numbers as coloured pixels for the view: `colors[label]`, premultiplied ARGB. One lookup per
/// screen pixel, so its cost follows the window, not the picture.
QImage renderLabels(const LabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform);
QImage renderLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform);

/// A picture's objects in one map: 0 for none, else the number of the topmost one. Thousands of
/// objects cost to paint and to hit what one costs.
class LabelMap
{
public:
    static constexpr std::size_t maxLabel = 65535;

    explicit LabelMap(core::Size size = {});
    void clear();
    /// On top of what is there. `mask`: Indexed8, not 0 where the object is; lies at `bounds`.
    void paint(const QImage &mask, const QRect &bounds, std::uint16_t label);
    std::uint16_t at(int x, int y) const; ///< 0 outside the picture
    WideLabelView view() const;
    core::Size size() const { return m_size; }

private:
    core::Size m_size;
    std::vector<std::uint16_t> m_labels; ///< row-major
};

} // namespace ui
