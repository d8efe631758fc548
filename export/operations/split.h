// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace exporters
{

struct SplitPart {
    std::string name; ///< "train"
    double share = 0; ///< of the images, 0 to 1; all add up to 1
};

struct SplitOptions {
    std::vector<SplitPart> parts;
    std::uint64_t seed = 0;
    bool byCategory = true; ///< every part gets its share of every category's images, too
    std::string groups;     ///< images that stay together, see imageGroups()
};

/// The part of each image of `dataset`, as its place in `options.parts`.
///
/// Iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of
/// Multi-label Data", 2011), over groups of images instead of single ones: the category with the
/// fewest images left is dealt out first, each group to the part that lacks most of it; what has no
/// category goes where images are lacking. The seed decides between equals. The answer depends on
/// names, categories, options and seed alone, not on the order of the file.
///
/// Throws core::Error(BadDataset) as imageGroups() does.
std::vector<std::size_t> splitImages(const core::Dataset &dataset, const SplitOptions &options);

} // namespace exporters
