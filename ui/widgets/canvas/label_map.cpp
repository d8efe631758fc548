// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/label_map.h"

#include "ui/widgets/canvas/view_transform.h"

#include <algorithm>
#include <cmath>

namespace ui
{

template <typename Label>
static QImage render(const LabelViewOf<Label> &labels, std::span<const QRgb> colors,
                     const ViewTransform &transform)
{
    const double ratio = transform.devicePixelRatio();
    const int width = static_cast<int>(std::ceil(transform.viewport().width() * ratio));
    const int height = static_cast<int>(std::ceil(transform.viewport().height() * ratio));
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(0);
    // The label column of every screen column, looked up once.
    std::vector<int> columns(static_cast<std::size_t>(width));
    int first = width, last = -1;
    for (int x = 0; x < width; ++x) {
        const double column = std::floor(transform.toPicture(QPointF((x + 0.5) / ratio, 0)).x());
        if (column < labels.bounds.left() || column > labels.bounds.right())
            continue;
        columns[static_cast<std::size_t>(x)] = static_cast<int>(column) - labels.bounds.left();
        first = std::min(first, x);
        last = x;
    }
    for (int y = 0; y < height; ++y) {
        const double row = std::floor(transform.toPicture(QPointF(0, (y + 0.5) / ratio)).y());
        if (row < labels.bounds.top() || row > labels.bounds.bottom())
            continue;
        const Label *in =
            labels.data + (static_cast<qsizetype>(row) - labels.bounds.top()) * labels.stride;
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = first; x <= last; ++x)
            out[x] = colors[in[columns[static_cast<std::size_t>(x)]]];
    }
    return image;
}

QImage renderLabels(const LabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform)
{
    return render(labels, colors, transform);
}

QImage renderLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform)
{
    return render(labels, colors, transform);
}

LabelMap::LabelMap(core::Size size)
    : m_size(size), m_labels(static_cast<std::size_t>(size.area()), 0)
{
}

void LabelMap::clear()
{
    std::fill(m_labels.begin(), m_labels.end(), std::uint16_t(0));
}

void LabelMap::paint(const QImage &mask, const QRect &bounds, std::uint16_t label)
{
    const QRect inside = bounds.intersected(QRect(0, 0, m_size.width, m_size.height));
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        const uchar *in = mask.constScanLine(y - bounds.top()) + (inside.left() - bounds.left());
        std::uint16_t *out =
            m_labels.data() + static_cast<std::ptrdiff_t>(y) * m_size.width + inside.left();
        for (int x = 0; x < inside.width(); ++x)
            out[x] = in[x] ? label : out[x];
    }
}

std::uint16_t LabelMap::at(int x, int y) const
{
    if (x < 0 || y < 0 || x >= m_size.width || y >= m_size.height)
        return 0;
    return m_labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width) +
                    static_cast<std::size_t>(x)];
}

WideLabelView LabelMap::view() const
{
    return {m_labels.data(), m_size.width, QRect(0, 0, m_size.width, m_size.height)};
}

} // namespace ui
