// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>

namespace exporters
{

/// The annotation of a Label Studio task that counts: the first one marked as ground truth, else
/// the first one; cancelled ones do not count.
struct LabelStudioChoice {
    const nlohmann::json *results = nullptr; ///< the list; null: there is none. Lives in the task
    std::size_t count = 0;                   ///< annotations to choose from
    bool isGroundTruth = false;
    bool hasPredictions = false; ///< of models
};

LabelStudioChoice chooseAnnotation(const nlohmann::json &task);

} // namespace exporters
