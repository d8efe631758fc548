// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/label_layer.h"

#include "ui/widgets/canvas/view_transform.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui
{

void LabelLayer::setSize(core::Size size)
{
    m_size = size;
    m_objects.clear();
    m_labels.assign(static_cast<std::size_t>(size.area()), 0);
}

void LabelLayer::setObjects(std::vector<CanvasObject> objects)
{
    // A mask of another size would write outside the map; the document never holds one, a damaged
    // file might.
    std::erase_if(objects, [this](const CanvasObject &o) { return o.mask.size != m_size; });
    if (objects.size() >= std::numeric_limits<std::uint16_t>::max())
        objects.resize(std::numeric_limits<std::uint16_t>::max() - 1);
    std::size_t same = 0;
    while (same < objects.size() && same < m_objects.size() &&
           objects[same].id == m_objects[same].id && objects[same].mask == m_objects[same].mask &&
           objects[same].visible == m_objects[same].visible)
        ++same;
    if (same < m_objects.size()) {
        std::fill(m_labels.begin(), m_labels.end(), 0);
        same = 0;
    }
    m_objects = std::move(objects);
    for (std::size_t i = same; i < m_objects.size(); ++i)
        paint(i);
}

void LabelLayer::paint(std::size_t index)
{
    const CanvasObject &object = m_objects[index];
    if (!object.visible)
        return;
    const auto label = static_cast<std::uint16_t>(index + 1);
    const auto height = static_cast<std::size_t>(m_size.height);
    const auto width = static_cast<std::size_t>(m_size.width);
    std::size_t position = 0; // column by column
    bool on = false;
    for (const std::uint32_t count : object.mask.counts) {
        const std::size_t end = std::min(position + count, m_labels.size());
        if (on) {
            for (std::size_t i = position; i < end; ++i)
                m_labels[(i % height) * width + i / height] = label;
        }
        position = end;
        on = !on;
    }
}

core::Id LabelLayer::objectAt(int x, int y) const
{
    if (x < 0 || y < 0 || x >= m_size.width || y >= m_size.height)
        return 0;
    const auto label = m_labels[static_cast<std::size_t>(y) * m_size.width + x];
    return label ? m_objects[label - 1U].id : 0;
}

int LabelLayer::indexOf(core::Id id) const
{
    const auto found = std::find_if(m_objects.begin(), m_objects.end(),
                                    [id](const CanvasObject &o) { return o.id == id; });
    return found == m_objects.end() ? -1 : static_cast<int>(found - m_objects.begin());
}

template <typename Label>
static QImage render(const Label *labels, core::Size size, std::span<const QRgb> colors,
                     const ViewTransform &transform, QRect bounds)
{
    const double ratio = transform.devicePixelRatio();
    const int width = static_cast<int>(std::ceil(transform.viewport().width() * ratio));
    const int height = static_cast<int>(std::ceil(transform.viewport().height() * ratio));
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(0);
    bounds = bounds.intersected(QRect(0, 0, size.width, size.height));
    if (bounds.isEmpty())
        return image;
    const auto pictureX = [&](int x) {
        return static_cast<int>(std::floor(transform.toPicture({(x + 0.5) / ratio, 0}).x()));
    };
    const auto pictureY = [&](int y) {
        return static_cast<int>(std::floor(transform.toPicture({0, (y + 0.5) / ratio}).y()));
    };
    std::vector<int> columns(static_cast<std::size_t>(width));
    int first = width, last = -1;
    for (int x = 0; x < width; ++x) {
        const int column = pictureX(x);
        if (column < bounds.left() || column > bounds.right())
            continue;
        columns[static_cast<std::size_t>(x)] = column;
        first = std::min(first, x);
        last = x;
    }
    for (int y = 0; y < height; ++y) {
        const int row = pictureY(y);
        if (row < bounds.top() || row > bounds.bottom())
            continue;
        const Label *in = labels + static_cast<std::ptrdiff_t>(row) * size.width;
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = first; x <= last; ++x)
            out[x] = colors[in[columns[static_cast<std::size_t>(x)]]];
    }
    return image;
}

QImage renderLabels(const std::uint16_t *labels, core::Size size, std::span<const QRgb> colors,
                    const ViewTransform &transform, QRect pictureBounds)
{
    return render(labels, size, colors, transform, pictureBounds);
}

QImage renderLabels(const std::uint8_t *labels, core::Size size, std::span<const QRgb> colors,
                    const ViewTransform &transform, QRect pictureBounds)
{
    return render(labels, size, colors, transform, pictureBounds);
}

} // namespace ui
