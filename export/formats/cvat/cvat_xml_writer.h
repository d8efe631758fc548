// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Writes one XML of "CVAT for images 1.1". A mask becomes a <mask> with every pixel, a box alone a
/// <box>. Images are numbered by our ids less one, and what readCvatXml() kept in foreign keys is
/// written again. Errors as of Format::write().
WriteSummary writeCvatXml(AnnotationSource &source, const std::filesystem::path &target,
                          std::stop_token stop, const Progress &progress);

} // namespace exporters
