// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/pixel_cover.h"

#include "core/mask/rle_measure.h"
#include "core/mask/stroke_raster.h"
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/screen_pixels.h"
#include "ui/widgets/canvas/view_transform.h"

#include <QColor>

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

/// Of the device pixels from `first` to before `end`, those that show picture pixels from 0 to
/// before `limit`.
template <typename ToPicture>
Lookup lookup(int first, int end, double ratio, int limit, ToPicture toPicture)
{
    Lookup result;
    for (int i = first; i < end; ++i) {
        const double pixel = std::floor(toPicture((i + 0.5) / ratio));
        if (pixel < 0 || pixel >= limit)
            continue;
        if (result.picture.empty())
            result.first = i;
        result.picture.push_back(int(pixel));
    }
    return result;
}

/// The device pixels of a part of the view that show the picture.
struct Grid {
    Lookup columns, rows;

    Grid(const ViewTransform &transform, const QRect &part)
        : columns(lookup(part.left(), part.left() + part.width(), transform.devicePixelRatio(),
                         transform.picture().width,
                         [&](double x) { return transform.toPicture(QPointF(x, 0)).x(); })),
          rows(lookup(part.top(), part.top() + part.height(), transform.devicePixelRatio(),
                      transform.picture().height,
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

/// Sets the rows that show picture rows from `top` to before `bottom`, in columns `left` to before
/// `right` of the cover.
void fill(PixelCover &cover, const Lookup &rows, int left, int right, int top, int bottom)
{
    const int end = rows.placeOf(bottom);
    for (int y = rows.placeOf(top); y < end; ++y) {
        const auto row = cover.on.begin() + std::ptrdiff_t(y) * cover.rect.width();
        std::fill(row + left, row + right, uchar(1));
    }
}

} // namespace

PixelCover coverOf(const core::Rle &mask, const ViewTransform &transform)
{
    const core::PixelRect box = core::boundingBox(mask);
    const Grid grid(transform,
                    partShowing(QRect(box.x, box.y, box.width, box.height), 1, transform));
    PixelCover cover = grid.emptyCover();
    if (cover.on.empty())
        return cover;
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
            if (left < right)
                fill(cover, grid.rows, left, right, int(begin - x * height),
                     int(stop - x * height));
        }
        begin = end;
    }
    return cover;
}

PixelCover coverOf(const core::StrokeRaster &stroke, const ViewTransform &transform,
                   const QRect &part)
{
    const Grid grid(transform, part);
    PixelCover cover = grid.emptyCover();
    for (int x = 0; x < cover.rect.width(); ++x) {
        for (const auto &[top, bottom] :
             stroke.column(grid.columns.picture[static_cast<std::size_t>(x)]))
            fill(cover, grid.rows, x, x + 1, top, bottom);
    }
    return cover;
}

void renderCover(QImage &image, const PixelCover &cover, const QImage &under, const QColor &tint)
{
    const QRect rect = cover.rect.intersected(under.rect()).intersected(image.rect());
    const QRgb color = qPremultiply(tint.rgba());
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        const uchar *on = cover.on.data() +
                          std::ptrdiff_t(y - cover.rect.top()) * cover.rect.width() +
                          (rect.left() - cover.rect.left());
        const auto *in = reinterpret_cast<const QRgb *>(under.constScanLine(y)) + rect.left();
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y)) + rect.left();
        for (int x = 0; x < rect.width(); ++x)
            out[x] = over(color, in[x] | 0xFF000000) & (0U - quint32(on[x]));
    }
}

} // namespace ui
