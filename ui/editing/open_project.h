// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/list_images.h"
#include "ui/editing/project_pictures.h"
#include "ui/editing/project_store.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace ui
{

/// A folder whose pictures are joining a project.
struct FolderListing {
    core::ImageLister lister;
    std::string prefix; ///< from the project's image folder to this one: "", "sub/", "../other/"

    /// Adds pictures until `time` is over or the folder is; a few thousand in any case. The natural
    /// first of them, 0 for none.
    core::Id addTo(ProjectPictures &pictures, std::chrono::milliseconds time);
};

/// The project that is open, on its thread.
struct ProjectState {
    std::shared_ptr<project::ProjectFile> file;
    std::shared_ptr<ProjectPictures> pictures;
    std::shared_ptr<const ImageDigests> digests; ///< as they were when it was opened
    std::filesystem::path imageRoot;
};

struct Opening {
    ProjectState state;
    OpenedProject project;
    std::optional<FolderListing> listing; ///< what of the folder was not listed yet
};

/// Opens, or makes, the project that a request asks for and brings the first of its pictures in:
/// as many of the folder's as can be listed in a moment. What joined is yet to be saved
/// (ProjectPictures::takeAdded). The project that is open already, `present`, is not opened twice.
/// Takes as long as the disk takes: not for the GUI thread. Throws core::Error; Cancelled when it
/// was asked to stop.
Opening openProject(const OpenRequest &request, const ProjectState &present,
                    const std::stop_token &stop);

} // namespace ui
