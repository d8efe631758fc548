// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <unordered_map>
#include <vector>

namespace exporters
{

/// Where an export takes its annotations from. Images and categories are small and come as lists;
/// masks are pulled image by image, so that a project of any size can be written from its file.
/// Called on the exporting thread only. What the functions throw ends the export.
class AnnotationSource
{
public:
    virtual ~AnnotationSource() = default;
    virtual std::vector<core::Category> categories() = 0;
    virtual std::vector<core::ImageRecord> images() = 0;
    virtual std::vector<core::Annotation> annotations(core::Id imageId) = 0;
    /// Of the whole dataset: licences, info.
    virtual core::ForeignKeys foreign() { return {}; }
};

/// A dataset in memory, which must outlive this.
class DatasetSource : public AnnotationSource
{
public:
    explicit DatasetSource(const core::Dataset &dataset);
    std::vector<core::Category> categories() override { return m_dataset.categories; }
    std::vector<core::ImageRecord> images() override { return m_dataset.images; }
    std::vector<core::Annotation> annotations(core::Id imageId) override;
    core::ForeignKeys foreign() override { return m_dataset.foreign; }

private:
    const core::Dataset &m_dataset;
    std::unordered_map<core::Id, std::vector<std::size_t>> m_annotationsOfImage;
};

} // namespace exporters
