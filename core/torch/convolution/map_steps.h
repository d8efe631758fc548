// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/convolution/map_view.h"
#include "core/torch/convolution/pixel_layer.h"
#include "core/torch/share_out.h"

#include <functional>
#include <vector>

namespace core
{

/// work(first row, end of the rows) for some rows of a map at a time.
Step stepByRows(const MapView &map,
                const std::function<void(std::int64_t begin, std::int64_t end)> &work);

/// Both, of which neither needs anything of the other.
Step together(const Step &first, const Step &second);

/// Adds to the rows of `sums` from `begin` to `end` what `map`, half as high and wide, has there
/// when it is made twice as large (bilinear, pixels as areas).
void addEnlarged(const MapView &map, std::int64_t begin, std::int64_t end, bool isRectified,
                 const MapView &sums);
/// The same for one row, which lies at `sums`.
void addEnlargedRow(const MapView &map, std::int64_t y, bool isRectified, float *sums);

/// A layer of the pixels of a map that others read as well.
struct Reader {
    const PixelLayer &layer;
    MapView out;
    bool isUnit = false; ///< its vectors are brought to length 1
};
void readRows(const std::vector<Reader> &readers, const MapView &map, std::int64_t begin,
              std::int64_t end);
Step readMap(const MapView &map, const std::vector<Reader> &readers);

} // namespace core
