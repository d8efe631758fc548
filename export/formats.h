// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <memory>
#include <vector>

namespace exporters
{

/// One of each format, in the order in which they are offered and tried.
const std::vector<std::unique_ptr<const Format>> &allFormats();

/// Null when no format has that name.
const Format *findFormat(std::string_view name);

/// The first format that recognises `input`; null when none does.
const Format *recogniseFormat(const std::filesystem::path &input);

} // namespace exporters
