// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/json_values.h"

#include "core/segmentation/closer_look.h"

#include <optional>
#include <string_view>

namespace cli
{

/// The conversation behind `serve`: one JSON object in, one out.
///
///     {"op": "open", "image": "truck.jpg"}
///     {"op": "predict", "points": [[500, 375, 1]], "box": [x0, y0, x1, y1], "mask": {rle},
///      "multimask": true, "refine": true}
///     {"op": "reset"}     forgets the last answer, which "refine" feeds back
///     {"op": "close"}     forgets the picture
///
/// The masks of an answer are best first as the model ranks them in the picture as a whole; the
/// first is then looked at closer, where the model gains by it, and is what "refine" goes on from.
///
/// Whatever comes in, an answer comes out: {"ok": true, ...} or {"ok": false, "error": "a
/// sentence"}, and what was open stays open.
class ServeSession
{
public:
    /// `wholeOnly`: nothing is looked at closer.
    explicit ServeSession(core::Segmenter &segmenter, bool wholeOnly = false)
        : m_segmenter(segmenter), m_wholeOnly(wholeOnly)
    {
    }
    Json answer(std::string_view line);

private:
    Json dispatch(const Json &request);
    Json open(const Json &request);
    Json predict(const Json &request);
    core::Prompt promptOf(const Json &request) const;
    std::optional<core::PlacedLogits> startOf(const Json &request) const;

    core::Segmenter &m_segmenter;
    bool m_wholeOnly;
    core::Image m_image;
    core::FocusedEmbedding m_whole;         ///< of m_image; no embedding: none is open
    std::optional<core::CloserLook> m_look; ///< at m_image
    std::optional<core::PlacedLogits> m_last;
};

} // namespace cli
