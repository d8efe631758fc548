// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>

namespace core
{

/// The folders that a walk through a folder has been in, whatever links led to them. Links that go
/// round in circles are followed once; those to a folder above the first one never, which would
/// make the walk one through the whole disk.
class VisitedFolders
{
public:
    explicit VisitedFolders(const std::filesystem::path &first);

    /// Whether the walk is to go into `folder`, which counts as visited then.
    bool enter(const std::filesystem::path &folder);

private:
    std::filesystem::path m_first;
    std::set<std::filesystem::path> m_visited;
};

/// Whether `inner` lies in `outer` or deeper, links being followed. A folder does not lie in
/// itself; nothing lies in one that is not there.
bool liesBelow(const std::filesystem::path &inner, const std::filesystem::path &outer);

} // namespace core
