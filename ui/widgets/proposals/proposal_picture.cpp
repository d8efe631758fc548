// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/proposal_picture.h"

#include "ui/widgets/canvas/view_transform.h"

#include <cmath>
#include <functional>
#include <vector>

namespace ui
{
namespace
{

constexpr int outside = -1;

/// Of every screen pixel in one direction: the map's column or row, or `outside`.
std::vector<int> places(int count, double ratio, int limit,
                        const std::function<double(double)> &toPicture)
{
    std::vector<int> result(std::size_t(count), outside);
    for (int i = 0; i < count; ++i) {
        const double place = std::floor(toPicture((i + 0.5) / ratio));
        if (place >= 0 && place < limit)
            result[std::size_t(i)] = int(place);
    }
    return result;
}

void labelsOfRow(const ProposalMap &map, int row, std::span<const int> columns,
                 std::vector<std::uint16_t> &out)
{
    if (row == outside) {
        std::fill(out.begin(), out.end(), std::uint16_t(0));
        return;
    }
    const std::uint16_t *in = map.labels.data() + std::size_t(row) * std::size_t(map.size.width);
    for (std::size_t x = 0; x < columns.size(); ++x)
        out[x] = columns[x] == outside ? std::uint16_t(0) : in[columns[x]];
}

} // namespace

QImage renderProposals(const ProposalMap &map, std::span<const ProposalLook> looks,
                       const ViewTransform &transform)
{
    const double ratio = transform.devicePixelRatio();
    const int width = int(std::ceil(transform.viewport().width() * ratio));
    const int height = int(std::ceil(transform.viewport().height() * ratio));
    const auto columns = places(width, ratio, map.size.width,
                                [&](double x) { return transform.toPicture(QPointF(x, 0)).x(); });
    const auto rows = places(height, ratio, map.size.height,
                             [&](double y) { return transform.toPicture(QPointF(0, y)).y(); });
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);

    std::vector<ProposalLook> byLabel(looks.size() + 1); // 0: nothing
    std::copy(looks.begin(), looks.end(), byLabel.begin() + 1);
    std::vector<std::uint16_t> here(std::size_t(width), 0), above = here;
    for (int y = 0; y < height; ++y) {
        labelsOfRow(map, rows[std::size_t(y)], columns, here);
        auto *out = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (std::size_t x = 0; x < here.size(); ++x) {
            const std::uint16_t label = here[x];
            const std::uint16_t left = x == 0 ? label : here[x - 1];
            // A border is drawn once, by the pixel right of it or below, in the colour of what
            // lies there, else of what lies on its other side.
            if (label == left && label == above[x])
                out[x] = byLabel[label].fill;
            else
                out[x] = byLabel[label ? label : (left ? left : above[x])].line;
        }
        std::swap(here, above);
    }
    return image;
}

} // namespace ui
