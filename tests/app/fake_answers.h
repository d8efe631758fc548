// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_string.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

/// Of run lengths in JSON.
inline core::Mask maskOf(const QJsonObject &rle)
{
    const QJsonArray size = rle["size"].toArray();
    return core::decode(core::rleFromString(rle["counts"].toString().toStdString(),
                                            {size[1].toInt(), size[0].toInt()}));
}

/// What the fake model finds at a point.
inline core::Mask disc(core::Size size, double x, double y, double radius)
{
    core::Mask mask(size);
    for (int v = 0; v < size.height; ++v) {
        for (int u = 0; u < size.width; ++u)
            mask.set(u, v, std::hypot(u - x, v - y) <= radius);
    }
    return mask;
}
