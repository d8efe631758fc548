// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/logit_frame.h"

#include "core/mask/place.h"
#include "core/mask/rle_merge.h"
#include "core/segmentation/local_change.h"
#include "core/segmentation/mask_postprocessing.h"

#include <algorithm>

namespace ui
{

static core::Rle overKept(const core::Mask &part, const LogitFrame &frame)
{
    const core::PixelRect &window = frame.window;
    if (window == core::wholeWindow(frame.picture))
        return core::encode(part);
    core::Rle mask = core::place(part, window.x, window.y, frame.picture);
    if (!frame.kept || frame.kept->size != frame.picture)
        return mask;
    core::Mask all(part.size);
    std::fill(all.pixels.begin(), all.pixels.end(), std::uint8_t(1));
    const core::Rle outside =
        core::combine(*frame.kept, core::place(all, window.x, window.y, frame.picture),
                      core::SetOperation::Difference);
    return core::combine(mask, outside, core::SetOperation::Union);
}

core::Rle inPicture(const core::Mask &part, const LogitFrame &frame)
{
    core::Rle mask = overKept(part, frame);
    return frame.start ? core::changeAtClicks(*frame.start, mask, frame.clicks) : mask;
}

core::Rle cut(const core::LowResLogits &logits, const LogitFrame &frame, float threshold)
{
    return inPicture(core::maskFromLogits(logits, frame.geometry, threshold), frame);
}

} // namespace ui
