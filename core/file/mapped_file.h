// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace core
{

/// The bytes of a regular file, mapped into memory: nothing is read before it is touched, and
/// nothing twice.
///
///     auto file = MappedFile::open("weights.safetensors");
///     use(file->bytes());
///
/// The mapping is private to the process: writing through a borrowed pointer never reaches the
/// file. Whoever borrows the bytes keeps the shared pointer.
class MappedFile
{
public:
    /// Throws Error(FileNotFound, FileUnreadable, OutOfMemory).
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path &file);

    ~MappedFile();
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;

    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    explicit MappedFile(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    std::span<const std::byte> m_bytes;
};

} // namespace core
