// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace exporters
{

/// "#ff8000"
std::string hexColor(core::Color color);

/// From "#ff8000" or [255, 128, 0]; nothing when it is neither.
std::optional<core::Color> colorFrom(const nlohmann::json &value);

/// "128,0,0" with the separator ','. Nothing when it is no such three numbers up to 255.
std::optional<core::Color> parseColor(std::string_view text, char separator);
std::string colorText(core::Color color, char separator);

} // namespace exporters
