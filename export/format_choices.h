// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Which of the WriteOptions make a difference in a format, and what its files are called: for
/// those who offer the options to people.
struct FormatChoices {
    bool segmentation = false;
    bool parts = false;
    bool overlap = false;
    bool simplify = false; ///< of outlines, where they are asked for
    bool maskShapes = false;
    bool pictures = false;
    std::string_view extension = "json"; ///< of a format that is one file
};

/// A format that is not known here yet has all of them.
FormatChoices choicesOf(const Format &format);

} // namespace exporters
