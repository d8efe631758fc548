// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace core
{

/// The members of a zip archive, as bytes of the archive itself: a checkpoint stores them
/// uncompressed, so nothing needs unpacking. Reads the central directory, with the 64-bit sizes of
/// archives beyond 4 GiB. Throws Error(BadCheckpoint) for compressed or encrypted members and for
/// anything that points outside.
std::map<std::string, std::span<const std::byte>> readZipDirectory(std::span<const std::byte> bytes,
                                                                   const std::string &fileName);

/// Whether the bytes begin as a zip archive does.
bool looksLikeZip(std::span<const std::byte> bytes);

} // namespace core
