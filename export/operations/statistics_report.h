// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/statistics.h"

#include <string>

namespace exporters
{

/// For people: plain text, one fact a line, categories in order of their annotations.
std::string reportText(const Statistics &statistics);

/// For programs: one JSON object, categories in the dataset's order, histograms as lists of
/// {"from", "count"}. Ends with a line feed.
std::string reportJson(const Statistics &statistics);

} // namespace exporters
