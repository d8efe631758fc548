// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_file.h"

#include "core/image/image_reader.h"

#include <algorithm>
#include <climits>

namespace core
{

namespace fs = std::filesystem;

ImageFile::ImageFile(const fs::path &path) : m_path(path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        fail(ErrorKind::FileNotFound, "does not exist.");
    if (status.type() == fs::file_type::directory)
        fail(ErrorKind::FileUnreadable, "is a folder, not a picture.");
    if (status.type() != fs::file_type::regular)
        fail(ErrorKind::FileUnreadable, "cannot be opened; check its permissions.");
    m_size = fs::file_size(path, error);
    m_stream.open(path, std::ios::binary);
    if (error || !m_stream)
        fail(ErrorKind::FileUnreadable, "cannot be opened; check its permissions.");
    if (m_size == 0)
        fail(ErrorKind::BadImage, "is empty (0 bytes); copy it again from its source.");

    const auto header =
        readImageHeader([this](auto offset, auto into) { return readAt(offset, into); });
    if (!header) {
        fail(ErrorKind::BadImage,
             "is not a picture this program reads (JPEG, PNG, TIFF, WebP, BMP, "
             "PNM), or its beginning is damaged.");
    }
    m_header = *header;
    const Size size = m_header.stored;
    if (size.isEmpty())
        fail(ErrorKind::BadImage, "has no pixels or is damaged.");
    if (size.area() > maxImagePixels || std::max(size.width, size.height) > maxImageSide) {
        fail(ErrorKind::BadImage, "says it has " + std::to_string(size.width) + " x " +
                                      std::to_string(size.height) + " pixels; the limit is " +
                                      std::to_string(maxImagePixels / 1'000'000) + " million and " +
                                      std::to_string(maxImageSide) +
                                      " a side. Cut it into tiles or shrink it first.");
    }
}

std::vector<std::uint8_t> ImageFile::bytes()
{
    if (m_size > INT_MAX)
        fail(ErrorKind::BadImage, "is larger than 2 GB; shrink it or cut it into tiles first.");
    std::vector<std::uint8_t> bytes(m_size);
    if (!readAt(0, bytes))
        fail(ErrorKind::FileUnreadable, "could not be read to its end; check the disk.");
    return bytes;
}

std::string ImageFile::sentence(const std::string &what) const
{
    const std::u8string name = m_path.u8string();
    return '"' + std::string(name.begin(), name.end()) + "\" " + what;
}

void ImageFile::fail(ErrorKind kind, const std::string &what) const
{
    throw Error(kind, sentence(what));
}

bool ImageFile::readAt(std::uint64_t offset, std::span<std::uint8_t> into)
{
    if (offset > m_size || into.size() > m_size - offset)
        return false;
    m_stream.clear();
    m_stream.seekg(std::streamoff(offset));
    m_stream.read(reinterpret_cast<char *>(into.data()), std::streamsize(into.size()));
    return bool(m_stream);
}

} // namespace core
