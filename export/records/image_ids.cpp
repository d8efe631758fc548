// SPDX-License-Identifier: Apache-2.0
#include "export/records/image_ids.h"

#include <algorithm>
#include <unordered_set>

namespace exporters
{

std::vector<std::size_t> giveMissingIds(core::Dataset &dataset)
{
    core::Id largest = 0;
    for (const core::ImageRecord &image : dataset.images)
        largest = std::max(largest, image.id);
    std::vector<std::size_t> numbered;
    std::unordered_set<core::Id> used;
    for (std::size_t i = 0; i < dataset.images.size(); ++i) {
        core::Id &id = dataset.images[i].id;
        if (id != 0 && used.insert(id).second)
            continue;
        id = ++largest;
        numbered.push_back(i);
    }
    for (core::Annotation &annotation : dataset.annotations)
        annotation.imageId = dataset.images[static_cast<std::size_t>(annotation.imageId)].id;
    return numbered;
}

} // namespace exporters
