// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace core
{

/// A file that appears whole or not at all: what is written goes to a temporary beside the target;
/// commit() syncs it and renames it over the target. Without a commit the temporary goes and the
/// target stays.
///
///     AtomicFile out("weights.safetensors");
///     out.write(header);
///     out.write(data);
///     out.commit();
///
/// A link is followed; folders, devices and files that may not be written are refused at once.
/// Every function throws Error(FileUnwritable, DiskFull) that names the target.
class AtomicFile
{
public:
    explicit AtomicFile(std::filesystem::path target);
    ~AtomicFile();
    AtomicFile(const AtomicFile &) = delete;
    AtomicFile &operator=(const AtomicFile &) = delete;

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void commit();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

} // namespace core
