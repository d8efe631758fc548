// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/embedding_key.h"

#include <filesystem>
#include <span>

namespace core
{

/// One embedding in a file of its own: a header (magic, version, lengths, checksum), the key's
/// text, the bytes that ImageEmbedding::save() gave. In the machine's byte order: a cache is not
/// carried about, and a foreign one does not pass the header's test.

/// The file appears whole or not at all. Throws Error(FileUnwritable, DiskFull).
void writeEmbeddingFile(const std::filesystem::path &file, const EmbeddingKey &key,
                        std::span<const std::byte> embedding);

/// So many bytes writeEmbeddingFile() would write.
std::size_t embeddingFileSize(const EmbeddingKey &key, std::size_t embeddingBytes);

/// The embedding's bytes, from an open descriptor of the file. Null when the file is damaged, cut
/// short, of another version or of another key: whatever it is, it is then of no use. Throws
/// std::bad_alloc.
EmbeddingBytes readEmbeddingFile(int descriptor, const EmbeddingKey &key);

} // namespace core
