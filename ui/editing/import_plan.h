// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/dataset_snapshot.h"
#include "ui/editing/known_proposals.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace ui
{

/// A file's annotations, and where they lie in a project.
struct ReadAnnotations {
    core::Dataset dataset;                          ///< as the file has it
    std::unordered_map<core::Id, core::Id> imageOf; ///< the file's picture to the project's
    std::unordered_map<core::Id, core::Size> sizes; ///< of the project's; {0, 0}: not known
    std::vector<std::string> missing;               ///< names of pictures that are not found
    /// What the project's pictures and the whole are to say beyond masks, where that is new.
    std::map<core::Id, core::ForeignKeys> imageForeign;
    std::optional<core::ForeignKeys> foreign;
};

/// What an import would bring.
struct ImportPreview {
    std::size_t objects = 0;
    std::size_t boxes = 0;    ///< without a mask: they become proposals
    std::size_t pictures = 0; ///< of the project that get something
    std::size_t categories = 0;
    std::vector<std::string> newCategories;
    // Left out:
    std::size_t elsewhere = 0; ///< in pictures that are not found
    std::size_t otherSize = 0; ///< masks of another size than their picture
    std::size_t pixelless = 0; ///< neither a pixel nor a box
    // Where there are objects already:
    std::size_t occupied = 0; ///< pictures that get something
    std::size_t present = 0;  ///< objects in them
};

ImportPreview previewImport(const ReadAnnotations &read, const DatasetSnapshot &project,
                            std::stop_token stop = {});

/// In pictures that have objects.
enum class ExistingObjects {
    Add,     ///< beside what is there; what is the very same, category and mask, is left out
    Replace, ///< in the place of what is there, where the file brings objects
    Skip,    ///< nothing; the picture stays as it is
};

/// An import worked out; see applyImport(). Category ids are the file's.
struct ImportPlan {
    std::vector<core::Category> categories;
    std::shared_ptr<std::vector<project::AnnotationRecord>> objects; ///< ids as in the file, by id
    std::shared_ptr<std::vector<project::ProposalRecord>> proposals; ///< the worst score first
    std::vector<project::AnnotationPointer> replaced;
    std::map<core::Id, core::ForeignKeys> imageForeign;
    std::optional<core::ForeignKeys> foreign;

    std::size_t pictures = 0;        ///< that get objects
    std::size_t skippedPictures = 0; ///< because they have objects
    std::size_t sameObjects = 0;     ///< left out: they are there
    KnownProposals knownProposals;   ///< left out
};

/// Works out what becomes of a project; takes the masks out of `read`. For a background thread.
/// Throws Error(Cancelled).
ImportPlan planImport(ReadAnnotations read, const DatasetSnapshot &project,
                      const ProposalTable &waiting, ExistingObjects existing,
                      std::stop_token stop = {},
                      const std::function<void(double share)> &progress = {});

} // namespace ui
