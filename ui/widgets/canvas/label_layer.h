// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QImage>
#include <QRect>

#include <cstdint>
#include <span>
#include <vector>

namespace ui
{

class ViewTransform;

/// What of an annotation the canvas shows.
struct CanvasObject {
    core::Id id = 0;
    core::Rle mask;
    QRgb color = 0;
    bool visible = true;
    bool operator==(const CanvasObject &) const = default;
};

/// All accepted objects of a picture in one map, a 16-bit number per pixel: 0 for none, else the
/// topmost object's place in the list plus one. Thousands of objects cost what one costs to paint
/// and to hit.
class LabelLayer
{
public:
    void setSize(core::Size size);
    /// Later objects lie on top. Only what changed is painted anew: appended objects alone where
    /// the rest is as it was. At most 65534 objects are shown.
    void setObjects(std::vector<CanvasObject> objects);

    const std::vector<CanvasObject> &objects() const { return m_objects; }
    core::Size size() const { return m_size; }
    const std::vector<std::uint16_t> &labels() const { return m_labels; }
    /// Id of the topmost visible object on that pixel; 0 where there is none.
    core::Id objectAt(int x, int y) const;
    /// Place in objects(), or -1.
    int indexOf(core::Id id) const;

private:
    void paint(std::size_t index);

    core::Size m_size;
    std::vector<CanvasObject> m_objects;
    std::vector<std::uint16_t> m_labels; ///< row-major
};

/// The map, or a mask, as coloured pixels for the view: `colors[label]`, premultiplied ARGB. One
/// lookup per screen pixel, so its cost follows the window, not the picture. Only `pictureBounds`
/// is looked at.
QImage renderLabels(const std::uint16_t *labels, core::Size size, std::span<const QRgb> colors,
                    const ViewTransform &transform, QRect pictureBounds);
QImage renderLabels(const std::uint8_t *labels, core::Size size, std::span<const QRgb> colors,
                    const ViewTransform &transform, QRect pictureBounds);

} // namespace ui
