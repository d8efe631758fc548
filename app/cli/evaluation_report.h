// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/evaluator.h"

#include <cstdint>
#include <string>

namespace cli
{

/// A Markdown table: box, 1, 2, 3, 5, 10 clicks and what else was measured.
std::string reportText(const core::EvaluationScores &scores,
                       const core::EvaluationOptions &protocol, const core::SegmenterInfo &info,
                       std::int64_t peakMemory);

/// The same and every click in between, as one JSON object.
std::string reportJson(const core::EvaluationScores &scores,
                       const core::EvaluationOptions &protocol, const core::SegmenterInfo &info,
                       std::int64_t peakMemory);

} // namespace cli
