// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/label_map.h"

#include "ui/widgets/canvas/view_transform.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

namespace ui
{

namespace
{

/// The labels under the screen pixels of a part of the view: nearest ones, found by row and column.
/// Columns and rows count from the part's corner.
template <typename Label>
class Sampler
{
public:
    Sampler(const LabelViewOf<Label> &labels, const ViewTransform &transform, const QRect &part)
        : m_labels(labels), m_transform(transform), m_part(part),
          m_columns(static_cast<std::size_t>(std::max(0, part.width()))), m_first(part.width())
    {
        const double ratio = transform.devicePixelRatio();
        for (int x = 0; x < part.width(); ++x) {
            const QPointF middle((part.x() + x + 0.5) / ratio, 0);
            const double column = std::floor(transform.toPicture(middle).x());
            if (column < labels.bounds.left() || column > labels.bounds.right())
                continue;
            m_columns[static_cast<std::size_t>(x)] =
                static_cast<int>(column) - labels.bounds.left();
            m_first = std::min(m_first, x);
            m_end = x + 1;
        }
    }
    QImage emptyImage() const
    {
        QImage image(m_part.size(), QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(m_transform.devicePixelRatio());
        image.fill(0);
        return image;
    }
    int first() const { return m_first; } ///< the columns that show labels
    int end() const { return m_end; }
    int column(int x) const { return m_columns[static_cast<std::size_t>(x)]; }
    /// Null: that screen row shows none.
    const Label *row(int y) const
    {
        const QPointF middle(0, (m_part.y() + y + 0.5) / m_transform.devicePixelRatio());
        const double row = std::floor(m_transform.toPicture(middle).y());
        if (row < m_labels.bounds.top() || row > m_labels.bounds.bottom())
            return nullptr;
        return m_labels.data +
               (static_cast<qsizetype>(row) - m_labels.bounds.top()) * m_labels.stride;
    }

private:
    LabelViewOf<Label> m_labels;
    const ViewTransform &m_transform;
    QRect m_part;
    std::vector<int> m_columns;
    int m_first;
    int m_end = 0;
};

template <typename Label>
QImage render(const LabelViewOf<Label> &labels, std::span<const QRgb> colors,
              const ViewTransform &transform, const QRect &part)
{
    const Sampler<Label> sampler(labels, transform, part);
    QImage image = sampler.emptyImage();
    for (int y = 0; y < image.height(); ++y) {
        const Label *in = sampler.row(y);
        if (!in)
            continue;
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = sampler.first(); x < sampler.end(); ++x)
            out[x] = colors[in[sampler.column(x)]];
    }
    return image;
}

template <typename Label>
QImage renderOutlined(const LabelViewOf<Label> &labels, std::span<const QRgb> colors,
                      std::span<const QRgb> lineColors, const ViewTransform &transform,
                      const QRect &part)
{
    // One pixel more on every side tells where the labels at the part's border end.
    const QRect framed = part.adjusted(-1, -1, 1, 1);
    const Sampler<Label> sampler(labels, transform, framed);
    using Row = std::vector<Label>;
    const auto sample = [&](int y, Row &row) {
        const Label *in = sampler.row(y);
        for (int x = sampler.first(); x < sampler.end(); ++x)
            row[static_cast<std::size_t>(x)] = in ? in[sampler.column(x)] : Label(0);
    };
    Row above(static_cast<std::size_t>(framed.width()), 0), here = above, below = above;
    sample(0, here);
    sample(1, below);
    QImage image(part.size(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(transform.devicePixelRatio());
    for (int y = 0; y < part.height(); ++y) {
        std::swap(above, here);
        std::swap(here, below);
        sample(y + 2, below);
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < part.width(); ++x) {
            const auto i = static_cast<std::size_t>(x) + 1;
            const Label label = here[i];
            const bool isInside = label == here[i - 1] && label == here[i + 1] &&
                                  label == above[i] && label == below[i];
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
