// SPDX-License-Identifier: Apache-2.0
#include "core/file/mapped_file.h"

#include "core/file/file_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        throw readError(file, errno);
    struct stat status = {};
    int failure = ::fstat(descriptor, &status) == 0 ? 0 : errno;
    if (failure == 0 && !S_ISREG(status.st_mode))
        failure = S_ISDIR(status.st_mode) ? EISDIR : ESPIPE;
    const auto size = static_cast<std::size_t>(status.st_size);
    void *address = nullptr;
    if (failure == 0 && size > 0) {
        address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE,
                         descriptor, 0);
        if (address == MAP_FAILED)
            failure = errno;
    }
    ::close(descriptor);
    if (failure != 0)
        throw readError(file, failure);
    const std::span bytes(static_cast<const std::byte *>(address), size);
    return std::shared_ptr<const MappedFile>(new MappedFile(bytes));
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte *>(m_bytes.data()), m_bytes.size());
}

} // namespace core
