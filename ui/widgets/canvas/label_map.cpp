// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/label_map.h"

#include "ui/widgets/canvas/label_sampler.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

namespace ui
{

namespace
{

QImage clearImage(QSize size, const ViewTransform &transform)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(transform.devicePixelRatio());
    image.fill(0);
    return image;
}

template <typename Label>
QImage render(const LabelViewOf<Label> &labels, std::span<const QRgb> colors,
              const ViewTransform &transform, const QRect &part)
{
    const LabelSampler<Label> sampler(labels, transform, part);
    QImage image = clearImage(part.size(), transform);
    for (int y = 0; y < image.height(); ++y)
        sampler.paintRow(y, colors, reinterpret_cast<QRgb *>(image.scanLine(y)));
    return image;
}

template <typename Label>
QImage renderOutlined(const LabelViewOf<Label> &labels, std::span<const QRgb> colors,
                      std::span<const QRgb> lineColors, const ViewTransform &transform,
                      const QRect &part)
{
    const int width = std::max(1, static_cast<int>(std::lround(transform.devicePixelRatio())));
    // So much more on every side tells where the labels at the part's border end.
    const QRect framed = part.adjusted(-width, -width, width, width);
    const LabelSampler<Label> sampler(labels, transform, framed);
    using Row = std::vector<Label>;
    const auto sample = [&](int y, Row &row) {
        const Label *in = sampler.row(y);
        for (int x = sampler.first(); x < sampler.end(); ++x)
            row[static_cast<std::size_t>(x)] = in ? in[sampler.column(x)] : Label(0);
    };
    // The row that is painted and those above and below that decide about it.
    std::vector<Row> rows(static_cast<std::size_t>(2 * width + 1),
                          Row(static_cast<std::size_t>(framed.width()), 0));
    for (int y = 0; y < 2 * width; ++y)
        sample(y, rows[static_cast<std::size_t>(y) + 1]);
    const auto reach = static_cast<std::size_t>(width);
    QImage image(part.size(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(transform.devicePixelRatio());
    for (int y = 0; y < part.height(); ++y) {
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());
        sample(y + 2 * width, rows.back());
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < part.width(); ++x) {
            const std::size_t i = static_cast<std::size_t>(x) + reach;
            const Label label = rows[reach][i];
            bool isInside = true;
            for (std::size_t d = 1; d <= reach; ++d)
                isInside = isInside && label == rows[reach][i - d] && label == rows[reach][i + d] &&
                           label == rows[reach - d][i] && label == rows[reach + d][i];
            out[x] = isInside ? colors[label] : lineColors[label];
        }
    }
    return image;
}

} // namespace

QRectF partInView(const QRect &part, const ViewTransform &transform)
{
    const double ratio = transform.devicePixelRatio();
    return {QPointF(part.topLeft()) / ratio, QSizeF(part.size()) / ratio};
}

QRect partOfView(const QRect &view, const ViewTransform &transform)
{
    const double ratio = transform.devicePixelRatio();
    return QRectF(QPointF(view.topLeft()) * ratio, QSizeF(view.size()) * ratio)
        .toAlignedRect()
        .intersected(wholeView(transform));
}

QRect wholeView(const ViewTransform &transform)
{
    const QSizeF size = transform.viewport() * transform.devicePixelRatio();
    return {0, 0, static_cast<int>(std::ceil(size.width())),
            static_cast<int>(std::ceil(size.height()))};
}

QRect partShowing(const QRect &pixels, int margin, const ViewTransform &transform)
{
    const QRectF area = pixels.toRectF();
    const double ratio = transform.devicePixelRatio();
    return QRectF(transform.toView(area.topLeft()) * ratio,
                  transform.toView(area.bottomRight()) * ratio)
        .toAlignedRect()
        .adjusted(-margin, -margin, margin, margin)
        .intersected(wholeView(transform));
}

QImage renderLabels(const LabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform, const QRect &part)
{
    return render(labels, colors, transform, part);
}

QImage renderLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                    const ViewTransform &transform, const QRect &part)
{
    return render(labels, colors, transform, part);
}

QImage renderOutlinedLabels(const LabelView &labels, std::span<const QRgb> colors,
                            std::span<const QRgb> lineColors, const ViewTransform &transform,
                            const QRect &part)
{
    return renderOutlined(labels, colors, lineColors, transform, part);
}

QImage renderOutlinedLabels(const WideLabelView &labels, std::span<const QRgb> colors,
                            std::span<const QRgb> lineColors, const ViewTransform &transform,
                            const QRect &part)
{
    return renderOutlined(labels, colors, lineColors, transform, part);
}

LabelMap::LabelMap(core::Size size)
    : m_size(size), m_labels(static_cast<std::uint16_t *>(
                        std::calloc(static_cast<std::size_t>(size.area()), sizeof(std::uint16_t))))
{
    if (!m_labels && size.area() > 0)
        throw std::bad_alloc();
}

void LabelMap::clear(const QRect &area)
{
    const QRect inside = area.intersected(rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        std::uint16_t *row =
            m_labels.get() + static_cast<std::ptrdiff_t>(y) * m_size.width + inside.left();
        std::fill_n(row, inside.width(), std::uint16_t(0));
    }
}

void LabelMap::paint(const QImage &mask, const QRect &bounds, std::uint16_t label,
                     const QRect &clip)
{
    const QRect inside = bounds.intersected(clip).intersected(rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        const uchar *in = mask.constScanLine(y - bounds.top()) + (inside.left() - bounds.left());
        std::uint16_t *out =
            m_labels.get() + static_cast<std::ptrdiff_t>(y) * m_size.width + inside.left();
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
    return {m_labels.get(), m_size.width, QRect(0, 0, m_size.width, m_size.height)};
}

} // namespace ui
