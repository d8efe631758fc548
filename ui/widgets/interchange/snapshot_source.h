// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/annotation_source.h"
#include "ui/editing/dataset_snapshot.h"

#include <optional>
#include <stop_token>
#include <unordered_map>

namespace ui
{

/// A document at one moment as formats take it: masks are handed out one picture's at a time.
/// Sizes of pictures that were never opened are read from their headers; pictures that are gone or
/// damaged and have no object are left out. Background thread.
class SnapshotSource : public exporters::AnnotationSource
{
public:
    explicit SnapshotSource(DatasetSnapshot snapshot, std::stop_token stop = {});

    std::vector<core::Category> categories() override { return m_snapshot.categories; }
    /// Throws Error(Cancelled).
    std::vector<core::ImageRecord> images() override;
    std::vector<core::Annotation> annotations(core::Id imageId) override;
    core::ForeignKeys foreign() override { return m_snapshot.foreign; }

private:
    core::Size sizeOf(const core::ImageRecord &image) const;

    DatasetSnapshot m_snapshot;
    std::stop_token m_stop;
    std::unordered_map<core::Id, std::vector<const core::Annotation *>> m_ofImage;
    std::optional<std::vector<core::ImageRecord>> m_images; ///< when they were asked for once
};

} // namespace ui
