// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/pixel_cover.h"

#include "core/mask/rle_measure.h"
#include "ui/widgets/canvas/view_transform.h"

#include <QColor>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

/// For the device pixels from `first` on: which column (or row) of the picture each one shows.
struct Lookup {
    int first = 0;
    std::vector<int> picture; ///< ascending

    /// Index of the first one that shows this column or a later one.
    int placeOf(int column) const
    {
        return int(std::lower_bound(picture.begin(), picture.end(), column) - picture.begin());
    }
};

/// Those that show `begin` to before `end`.
template <typename ToPicture>
Lookup lookup(double viewLength, double ratio, int begin, int end, ToPicture toPicture)
{
    Lookup result;
    const int count = int(std::ceil(viewLength * ratio));
    for (int i = 0; i < count; ++i) {
        const double pixel = std::floor(toPicture((i + 0.5) / ratio));
        if (pixel < begin || pixel >= end)
            continue;
        if (result.picture.empty())
            result.first = i;
        result.picture.push_back(int(pixel));
    }
    return result;
}

struct Grid {
    Lookup columns, rows;

    Grid(const ViewTransform &transform, const QRect &block)
        : columns(lookup(transform.viewport().width(), transform.devicePixelRatio(), block.left(),
                         block.left() + block.width(),
                         [&](double x) { return transform.toPicture(QPointF(x, 0)).x(); })),
          rows(lookup(transform.viewport().height(), transform.devicePixelRatio(), block.top(),
                      block.top() + block.height(),
                      [&](double y) { return transform.toPicture(QPointF(0, y)).y(); }))
    {
    }
    PixelCover emptyCover() const
    {
        PixelCover cover;
        cover.rect =
            QRect(columns.first, rows.first, int(columns.picture.size()), int(rows.picture.size()));
        cover.on.resize(columns.picture.size() * rows.picture.size(), 0);
        return cover;
    }
};

/// `tint` is premultiplied.
QRgb over(QRgb tint, QRgb under)
{
    const int rest = 255 - qAlpha(tint);
    const auto channel = [rest](int t, int u) { return t + (u * rest + 127) / 255; };
    return qRgb(channel(qRed(tint), qRed(under)), channel(qGreen(tint), qGreen(under)),
                channel(qBlue(tint), qBlue(under)));
}

} // namespace

PixelCover coverOf(const LabelView &mask, const ViewTransform &transform)
{
    const Grid grid(transform, mask.bounds);
    PixelCover cover = grid.emptyCover();
    auto out = cover.on.begin();
    for (const int y : grid.rows.picture) {
        const std::uint8_t *row = mask.data + (y - mask.bounds.top()) * mask.stride;
        for (const int x : grid.columns.picture)
            *out++ = row[x - mask.bounds.left()];
    }
    return cover;
}

PixelCover coverOf(const core::Rle &mask, const ViewTransform &transform)
{
    const core::PixelRect box = core::boundingBox(mask);
    const Grid grid(transform, QRect(box.x, box.y, box.width, box.height));
    PixelCover cover = grid.emptyCover();
    if (cover.on.empty())
        return cover;
    const auto stride = std::ptrdiff_t(cover.rect.width());
    const auto height = std::uint64_t(mask.size.height);
    const int firstColumn = grid.columns.picture.front(), lastColumn = grid.columns.picture.back();
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < mask.counts.size(); ++i) {
        const std::uint64_t end = begin + mask.counts[i];
        // A run may go on at the top of the next column.
        for (std::uint64_t stop; i % 2 == 1 && begin < end; begin = stop) {
            const std::uint64_t x = begin / height;
            stop = std::min(end, (x + 1) * height);
            if (int(x) < firstColumn || int(x) > lastColumn)
                continue;
            const int left = grid.columns.placeOf(int(x));
            const int right = grid.columns.placeOf(int(x) + 1);
            const int top = left < right ? grid.rows.placeOf(int(begin - x * height)) : 0;
            const int bottom = left < right ? grid.rows.placeOf(int(stop - x * height)) : 0;
            for (int y = top; y < bottom; ++y)
                std::fill(cover.on.begin() + y * stride + left,
                          cover.on.begin() + y * stride + right, uchar(1));
        }
        begin = end;
    }
    return cover;
}

void paintCover(QPainter &painter, const PixelCover &cover, const QImage &under, const QColor &tint)
{
    const QRect rect = cover.rect.intersected(under.rect());
    if (rect.isEmpty())
        return;
    QImage image(rect.size(), QImage::Format_ARGB32_Premultiplied);
    const QRgb color = qPremultiply(tint.rgba());
    for (int y = 0; y < rect.height(); ++y) {
        const uchar *on = cover.on.data() + std::ptrdiff_t(y) * cover.rect.width();
        const auto *in =
            reinterpret_cast<const QRgb *>(under.constScanLine(rect.y() + y)) + rect.x();
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < rect.width(); ++x)
            out[x] = on[x] ? over(color, in[x]) : 0;
    }
    const double ratio = under.devicePixelRatio();
    image.setDevicePixelRatio(ratio);
    painter.drawImage(QPointF(rect.topLeft()) / ratio, image);
}

} // namespace ui
