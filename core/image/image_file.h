// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/image/image_header.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace core
{

/// An opened picture file and its header, already checked: it exists, may be read, is of a known
/// format and of a possible size. Every failure is an Error whose sentence names the file.
class ImageFile
{
public:
    /// Throws Error(FileNotFound, FileUnreadable, BadImage).
    explicit ImageFile(const std::filesystem::path &path);

    const ImageHeader &header() const { return m_header; }
    /// The whole file. Throws Error(FileUnreadable, BadImage).
    std::vector<std::uint8_t> bytes();
    /// `"name" what`
    std::string sentence(const std::string &what) const;
    /// Throws Error(kind) with that sentence.
    [[noreturn]] void fail(ErrorKind kind, const std::string &what) const;

private:
    bool readAt(std::uint64_t offset, std::span<std::uint8_t> into);

    std::filesystem::path m_path;
    std::uint64_t m_size = 0;
    std::ifstream m_stream;
    ImageHeader m_header;
};

} // namespace core
