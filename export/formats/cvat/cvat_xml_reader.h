// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

namespace exporters
{

/// Reads the XML of "CVAT for images 1.1" as a stream: masks (cvat_runs.h), polygons, ellipses and
/// boxes, which stay boxes unless they are turned. Polylines, points, cuboids, skeletons and tags
/// cover no pixels and are left out with a finding.
///
/// Images keep CVAT's ids plus one (CVAT counts from 0), categories the order of the labels.
/// What CVAT says beyond our fields is kept in foreign keys and written back by writeCvatXml():
/// "attributes", "source", "occluded", "z_order" and "group_id" of a shape, the attributes of an
/// <image> ("subset" as the split), "cvat_label" of a category and "cvat_task" of the dataset,
/// which are the unknown elements as they stood. A DTD is refused: CVAT writes none, and entities
/// are how small files become large. Errors as of Format::read(); the XML of "CVAT for video" is
/// BadDataset.
ReadResult readCvatXml(const std::filesystem::path &file, const ReadOptions &options,
                       std::stop_token stop, const Progress &progress);

} // namespace exporters
