// SPDX-License-Identifier: Apache-2.0
#include "export/annotation_source.h"

namespace exporters
{

DatasetSource::DatasetSource(const core::Dataset &dataset) : m_dataset(dataset)
{
    for (std::size_t i = 0; i < dataset.annotations.size(); ++i)
        m_annotationsOfImage[dataset.annotations[i].imageId].push_back(i);
}

std::vector<core::Annotation> DatasetSource::annotations(core::Id imageId)
{
    std::vector<core::Annotation> result;
    const auto found = m_annotationsOfImage.find(imageId);
    if (found != m_annotationsOfImage.end()) {
        for (const std::size_t i : found->second)
            result.push_back(m_dataset.annotations[i]);
    }
    return result;
}

} // namespace exporters
