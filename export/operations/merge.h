// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace exporters
{

struct MergeInput {
    std::string name; ///< for findings: the file's
    core::Dataset dataset;
};

struct MergeOptions {
    /// Annotations of different inputs, of one image and category, that overlap so much are one.
    double duplicateIou = 0.95;
    /// Numbers everything anew: images from 1 in natural order of their names, annotations from 1
    /// in the order of the images. However a job was cut into shards, the result is then the same.
    bool renumber = false;
};

struct MergeResult {
    core::Dataset dataset;
    Findings findings;
    std::size_t duplicates = 0;   ///< left out
    std::size_t sharedImages = 0; ///< images that several inputs had
    std::size_t changedIds = 0;   ///< that were taken; annotations not when renumbered
};

/// Joins datasets. Images of one name are one image, categories of one name and supercategory one
/// category. Ids are kept, the first come keeping theirs; of the later ones those that are taken
/// get the next free ones. The same inputs in the same order always give the same result.
///
/// An image whose size differs from that of the same name before it is left out with its
/// annotations, and so is an annotation whose image or category its input does not have; findings
/// tell. Throws core::Error(Cancelled).
MergeResult merge(std::vector<MergeInput> inputs, const MergeOptions &options = {},
                  const std::stop_token &stop = {});

} // namespace exporters
