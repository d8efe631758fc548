// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/picture_run.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cli
{

/// A folder in which every picture of a run gets a file of its own, which appears whole: what is
/// there is done.
class PictureFiles
{
public:
    /// `pictures` are all of the run, so that names do not depend on the shard. Makes the folder.
    /// Throws core::Error(FileUnwritable).
    PictureFiles(std::filesystem::path folder, const std::vector<exporters::Picture> &pictures,
                 const std::string &ending);

    /// Its folder being made.
    std::filesystem::path fileOf(const exporters::Picture &picture) const;
    /// When its file was written; nothing: it is not there.
    std::optional<std::filesystem::file_time_type> madeAt(const exporters::Picture &picture) const;
    /// What a killed run left half-written of these pictures' files.
    void removeLeftovers(const std::vector<exporters::Picture> &pictures) const;

private:
    std::filesystem::path m_folder;
    std::vector<std::string> m_names; ///< by the pictures' numbers
};

} // namespace cli
