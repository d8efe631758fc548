// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace project
{

/// What one action of the user changes in the file: one transaction. `put` adds or replaces by id.
/// What is put may refer to other things put here; what is removed must not be referred to any
/// more.
struct ChangeSet {
    std::vector<core::ImageRecord> putImages;
    /// Of the pixels of an image put here or earlier (core::imageDigest).
    std::vector<std::pair<core::Id, std::string>> putDigests;
    std::vector<core::Category> putCategories;
    std::vector<AnnotationPointer> putAnnotations;
    std::vector<ProposalPointer> putProposals;
    std::optional<core::ForeignKeys> putForeign; ///< of the whole dataset
    /// The folder that the images are in from now on, under the names they have; absolute.
    std::optional<std::filesystem::path> putImageRoot;
    std::vector<core::Id> removedAnnotations;
    std::vector<core::Id> removedProposals;
    std::vector<core::Id> removedCategories;
    std::vector<core::Id> removedImages;

    bool isEmpty() const
    {
        return putImages.empty() && putDigests.empty() && putCategories.empty() &&
               putAnnotations.empty() && putProposals.empty() && !putForeign && !putImageRoot &&
               removedAnnotations.empty() && removedProposals.empty() &&
               removedCategories.empty() && removedImages.empty();
    }
};

} // namespace project
