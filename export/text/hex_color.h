// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace exporters
{

/// "#ff8000"
std::string hexColor(core::Color color);

/// From "#ff8000" or [255, 128, 0]; nothing when it is neither.
std::optional<core::Color> colorFrom(const nlohmann::json &value);

} // namespace exporters
