// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/detection_reader.h"
#include "export/operations/picture_run.h"

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace cli
{

/// The boxes of a file, by picture. Reads those of the shard alone; which picture is meant, and
/// which categories there are, is found out among all, so that shards agree.
class BatchBoxes
{
public:
    BatchBoxes(const std::filesystem::path &file, const std::vector<exporters::Picture> &pictures,
               const core::Shard &shard);

    const std::vector<const exporters::Detection *> &of(const exporters::Picture &picture) const;
    const std::vector<core::Category> &categories() const { return m_found.categories; }
    const std::unordered_map<std::string, core::Id> &categoryIds() const { return m_categoryIds; }

    /// Entries that are wrong, and pictures that are not there, on stderr. Returns whether there
    /// were no wrong ones.
    bool sayProblems() const;

private:
    exporters::Detections m_found;
    std::unordered_map<std::size_t, std::vector<const exporters::Detection *>> m_ofPicture;
    std::unordered_map<std::string, core::Id> m_categoryIds;
};

/// Tells one content of a file from another.
std::string fileDigest(const std::filesystem::path &file);

} // namespace cli
