// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/embedding_key.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace core
{

/// Embeddings on disk, one file each, up to a number of bytes; those used longest ago go first.
/// Has no state beside the files, so several threads and several running programs may share a
/// folder. Files that are not ours are neither counted nor touched.
class EmbeddingFolder
{
public:
    /// Made when something is put there.
    explicit EmbeddingFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// Null when it is not there. Counts as a use. A file that is of no use is removed.
    EmbeddingBytes find(const EmbeddingKey &key) const;
    /// Whether there is a file for it; it may still turn out to be damaged.
    bool contains(const EmbeddingKey &key) const;
    /// Makes room first. What is larger than the whole budget is not kept. Throws
    /// Error(FileUnwritable, DiskFull).
    void insert(const EmbeddingKey &key, std::span<const std::byte> embedding,
                std::uint64_t budget) const;
    /// Removes what was used longest ago until no more than `budget` bytes are left; 0 clears.
    void trim(std::uint64_t budget) const;
    std::uint64_t byteSize() const;

    const std::filesystem::path &path() const { return m_folder; }

private:
    std::filesystem::path fileOf(const EmbeddingKey &key) const;

    std::filesystem::path m_folder;
};

} // namespace core
