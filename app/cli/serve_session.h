// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/json_values.h"

#include "core/segmentation/segmenter.h"

#include <memory>
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
/// Whatever comes in, an answer comes out: {"ok": true, ...} or {"ok": false, "error": "a
/// sentence"}, and what was open stays open.
class ServeSession
{
public:
    explicit ServeSession(core::Segmenter &segmenter) : m_segmenter(segmenter) {}
    Json answer(std::string_view line);

private:
    Json dispatch(const Json &request);
    Json open(const Json &request);
    Json predict(const Json &request);
    core::Prompt promptOf(const Json &request) const;

    core::Segmenter &m_segmenter;
    std::shared_ptr<const core::ImageEmbedding> m_embedding;
    std::optional<core::LowResLogits> m_last;
};

} // namespace cli
