// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_folder.h"

#include "core/cache/embedding_file.h"
#include "core/file/byte_digest.h"
#include "core/file/file_error.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{
namespace
{

namespace fs = std::filesystem;

const std::string extension = ".embedding";
/// What AtomicFile calls a file that is not whole yet.
const std::string unfinished = extension + ".part-";

struct KeptFile {
    fs::path path;
    std::uint64_t bytes;
    fs::file_time_type used;
};

class Descriptor
{
public:
    explicit Descriptor(const fs::path &file)
        : m_number(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

/// Another program may remove files at any moment: what is gone is left out.
template <typename Visit>
void forEachFile(const fs::path &folder, Visit visit)
{
    std::error_code error;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
        std::error_code gone;
        KeptFile file{i->path(), 0, {}};
        if (!i->is_regular_file(gone))
            continue;
        file.bytes = i->file_size(gone);
        if (!gone)
            file.used = i->last_write_time(gone);
        if (!gone)
            visit(file);
    }
}

std::vector<KeptFile> keptFiles(const fs::path &folder)
{
    std::vector<KeptFile> files;
    forEachFile(folder, [&](const KeptFile &file) {
        if (file.path.extension() == extension)
            files.push_back(file);
    });
    return files;
}

/// A program that was killed while it wrote leaves a part behind; one that still writes is younger.
void removeLeftovers(const fs::path &folder)
{
    const auto longAgo = fs::file_time_type::clock::now() - std::chrono::hours(1);
    forEachFile(folder, [&](const KeptFile &file) {
        std::error_code ignored;
        if (file.path.filename().string().find(unfinished) != std::string::npos &&
            file.used < longAgo)
            fs::remove(file.path, ignored);
    });
}

} // namespace

fs::path EmbeddingFolder::fileOf(const EmbeddingKey &key) const
{
    ByteDigest digest;
    digest.add(key.text());
    return m_folder / (digest.hex() + extension);
}

EmbeddingBytes EmbeddingFolder::find(const EmbeddingKey &key) const
{
    const fs::path file = fileOf(key);
    const Descriptor descriptor(file);
    if (descriptor.number() < 0)
        return nullptr;
    EmbeddingBytes embedding = readEmbeddingFile(descriptor.number(), key);
    if (!embedding) {
        std::error_code ignored;
        fs::remove(file, ignored);
        return nullptr;
    }
    ::futimens(descriptor.number(), nullptr); // now; where it may not, the file only looks older
    return embedding;
}

bool EmbeddingFolder::contains(const EmbeddingKey &key) const
{
    std::error_code ignored;
    return fs::exists(fileOf(key), ignored);
}

void EmbeddingFolder::insert(const EmbeddingKey &key, std::span<const std::byte> embedding,
                             std::uint64_t budget) const
{
    const std::uint64_t bytes = embeddingFileSize(key, embedding.size());
    if (bytes > budget)
        return;
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error)
        throw writeError(m_folder, error.value());
    removeLeftovers(m_folder);
    trim(budget - bytes);
    writeEmbeddingFile(fileOf(key), key, embedding);
}

void EmbeddingFolder::trim(std::uint64_t budget) const
{
    std::vector<KeptFile> files = keptFiles(m_folder);
    std::ranges::sort(files, {}, &KeptFile::used);
    std::uint64_t total = 0;
    for (const KeptFile &file : files)
        total += file.bytes;
    for (const KeptFile &file : files) {
        if (total <= budget)
            return;
        std::error_code ignored;
        fs::remove(file.path, ignored);
        total -= file.bytes;
    }
}

std::uint64_t EmbeddingFolder::byteSize() const
{
    std::uint64_t total = 0;
    for (const KeptFile &file : keptFiles(m_folder))
        total += file.bytes;
    return total;
}

} // namespace core
