// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/similar_region.h"

#include "core/mask/mask.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace ui
{

static bool isSimilar(QRgb a, QRgb b, int tolerance)
{
    return std::abs(qRed(a) - qRed(b)) <= tolerance &&
           std::abs(qGreen(a) - qGreen(b)) <= tolerance &&
           std::abs(qBlue(a) - qBlue(b)) <= tolerance;
}

std::optional<core::Rle> similarRegion(const QImage &picture, QPoint seed, int tolerance,
                                       std::stop_token stop)
{
    core::Mask mask({picture.width(), picture.height()});
    const QRgb color = picture.pixel(seed);
    const auto isOpen = [&](int x, int y) {
        return !mask.at(x, y) &&
               isSimilar(reinterpret_cast<const QRgb *>(picture.constScanLine(y))[x], color,
                         tolerance);
    };
    // Whole stretches of a row at a time; of those above and below, only their first pixels wait.
    std::vector<QPoint> waiting{seed};
    while (!waiting.empty()) {
        const QPoint start = waiting.back();
        waiting.pop_back();
        if (stop.stop_requested())
            return std::nullopt;
        const int y = start.y();
        if (!isOpen(start.x(), y))
            continue;
        int left = start.x(), right = start.x() + 1; // behind the last
        while (left > 0 && isOpen(left - 1, y))
            --left;
        while (right < picture.width() && isOpen(right, y))
            ++right;
        std::fill(mask.row(y) + left, mask.row(y) + right, std::uint8_t(1));
        for (const int next : {y - 1, y + 1}) {
            if (next < 0 || next >= picture.height())
                continue;
            bool wasOpen = false;
            for (int x = left; x < right; ++x) {
                const bool open = isOpen(x, next);
                if (open && !wasOpen)
                    waiting.emplace_back(x, next);
                wasOpen = open;
            }
        }
    }
    return core::encode(mask);
}

} // namespace ui
