// SPDX-License-Identifier: Apache-2.0
#include "core/file/atomic_file.h"

#include "core/file/file_error.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{

namespace
{

/// A name that no other thread or process of ours uses for the same target.
std::filesystem::path temporaryBeside(const std::filesystem::path &target)
{
    static std::atomic<unsigned> counter = 0;
    std::filesystem::path name = target;
    name += ".part-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
    return name;
}

/// A rename is safe from a power cut only once its folder is on the disk. Some file systems cannot
/// sync a folder; the data itself is synced by then, so that is no error.
void syncFolder(const std::filesystem::path &folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target) : m_target(std::move(target))
{
    // What a link points to is replaced, not the link.
    std::error_code ignored;
    if (std::filesystem::is_symlink(m_target, ignored))
        m_target = std::filesystem::weakly_canonical(m_target);
    // A rename would put a file in the place of a device, replace one that may not be written, and
    // fail on a folder only after all the work.
    struct stat status = {};
    if (::stat(m_target.c_str(), &status) == 0) {
        if (!S_ISREG(status.st_mode))
            throw writeError(m_target, S_ISDIR(status.st_mode) ? EISDIR : ENODEV);
        if (::access(m_target.c_str(), W_OK) != 0)
            throw writeError(m_target, errno);
    }
    const std::filesystem::path temporary = temporaryBeside(m_target);
    // What a killed process of the same number left behind is nobody's any more: truncate it.
    m_descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        throw writeError(m_target, errno);
    m_temporary = temporary;
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes)
{
    constexpr std::size_t largestChunk = 1u << 30; // write() takes no more than 2 GiB at once
    while (!bytes.empty()) {
        const ssize_t written =
            ::write(m_descriptor, bytes.data(), std::min(bytes.size(), largestChunk));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw writeError(m_target, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::write(std::string_view text)
{
    write(std::as_bytes(std::span(text.data(), text.size())));
}

void AtomicFile::commit()
{
    if (::fsync(m_descriptor) != 0)
        throw writeError(m_target, errno);
    const int closed = ::close(m_descriptor);
    m_descriptor = -1;
    if (closed != 0 || ::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        throw writeError(m_target, errno);
    m_temporary.clear();
    const auto folder = m_target.parent_path();
    syncFolder(folder.empty() ? std::filesystem::path(".") : folder);
}

} // namespace core
