// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_file.h"

#include "core/file/atomic_file.h"
#include "core/file/byte_digest.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{
namespace
{

struct Header {
    std::array<char, 8> magic = {'M', 'W', 'E', 'M', 'B', 'E', 'D', '\n'};
    std::uint32_t byteOrder = 0x01020304;
    std::uint32_t version = 1;
    std::uint64_t keyBytes = 0;
    std::uint64_t embeddingBytes = 0;
    std::array<char, 32> checksum = {}; ///< of the key's text and the embedding
    bool operator==(const Header &) const = default;
};
static_assert(sizeof(Header) == 64, "no padding: the header is written as it lies in memory");

Header headerOf(const std::string &key, std::span<const std::byte> embedding)
{
    Header header;
    header.keyBytes = key.size();
    header.embeddingBytes = embedding.size();
    ByteDigest digest;
    digest.add(key);
    digest.add(embedding);
    std::memcpy(header.checksum.data(), digest.hex().data(), header.checksum.size());
    return header;
}

bool readAll(int descriptor, std::span<std::byte> into)
{
    while (!into.empty()) {
        const ssize_t got = ::read(descriptor, into.data(), into.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

} // namespace

void writeEmbeddingFile(const std::filesystem::path &file, const EmbeddingKey &key,
                        std::span<const std::byte> embedding)
{
    const std::string text = key.text();
    const Header header = headerOf(text, embedding);
    AtomicFile out(file);
    out.write(std::as_bytes(std::span(&header, 1)));
    out.write(text);
    out.write(embedding);
    out.commit();
}

std::size_t embeddingFileSize(const EmbeddingKey &key, std::size_t embeddingBytes)
{
    return sizeof(Header) + key.text().size() + embeddingBytes;
}

EmbeddingBytes readEmbeddingFile(int descriptor, const EmbeddingKey &key)
{
    const std::string wanted = key.text();
    Header header;
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) ||
        !readAll(descriptor, std::as_writable_bytes(std::span(&header, 1))))
        return nullptr;
    // The file's own length says how much there is; what the header claims is only compared.
    if (header.keyBytes != wanted.size() ||
        std::uint64_t(status.st_size) < sizeof header + wanted.size() ||
        header.embeddingBytes != std::uint64_t(status.st_size) - sizeof header - wanted.size())
        return nullptr;
    std::string text(wanted.size(), '\0');
    auto embedding = std::make_shared<std::vector<std::byte>>(header.embeddingBytes);
    if (!readAll(descriptor, std::as_writable_bytes(std::span(text))) || text != wanted ||
        !readAll(descriptor, *embedding) || header != headerOf(wanted, *embedding))
        return nullptr;
    return embedding;
}

} // namespace core
