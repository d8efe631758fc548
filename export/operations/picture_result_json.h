// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/picture_journal.h"

#include <string>
#include <string_view>

namespace exporters
{

/// One line of JSON. Throws core::Error(BadDataset) for names that are not UTF-8.
std::string toLine(const PictureResult &result);

/// The reverse. Nothing for a text that is no such line, whatever it is.
std::optional<PictureResult> resultFrom(std::string_view line);

} // namespace exporters
