// SPDX-License-Identifier: Apache-2.0
#include "core/file/line_journal.h"

#include "core/file/file_error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{
namespace
{

constexpr std::size_t pieceSize = 1 << 16;
constexpr std::size_t shortLine = 1 << 12;
constexpr std::chrono::seconds betweenSyncs(2);

} // namespace

LineJournal::LineJournal(std::filesystem::path file)
    : m_file(std::move(file)), m_lastSync(std::chrono::steady_clock::now())
{
    // Another run that ends removes its journal: what we locked then has no name any more.
    while (!openLocked()) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

bool LineJournal::openLocked()
{
    m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        throw writeError(m_file, errno);
    try {
        // Some file systems of clusters have no locks; there the user must not start a job twice.
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            throw Error(ErrorKind::FileUnwritable,
                        "\"" + m_file.string() +
                            "\" is being written by another run; wait for it, or stop it.");
        // Only now: before the lock another run may still have written.
        struct stat status = {};
        if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode))
            throw writeError(m_file, ENODEV);
        if (status.st_nlink == 0)
            return false;
        m_size = static_cast<std::uint64_t>(status.st_size);
        cutBrokenLine();
        return true;
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
}

LineJournal::~LineJournal()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::string LineJournal::piece(std::uint64_t place, std::size_t length) const
{
    std::string bytes(length, '\0');
    std::size_t done = 0;
    while (done < length) {
        const ssize_t count = ::pread(m_descriptor, bytes.data() + done, length - done,
                                      static_cast<off_t>(place + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw readError(m_file, errno);
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

void LineJournal::cutBrokenLine()
{
    std::uint64_t end = m_size;
    while (end > 0) {
        const std::uint64_t begin = end > pieceSize ? end - pieceSize : 0;
        const std::string bytes = piece(begin, static_cast<std::size_t>(end - begin));
        const std::size_t lineFeed = bytes.rfind('\n');
        if (lineFeed != std::string::npos) {
            end = begin + lineFeed + 1;
            break;
        }
        end = begin;
    }
    if (end != m_size && ::ftruncate(m_descriptor, static_cast<off_t>(end)) != 0)
        throw writeError(m_file, errno);
    m_size = end;
}

void LineJournal::read(
    const std::function<void(std::string_view line, std::uint64_t place)> &take) const
{
    std::string pending;
    std::uint64_t begin = 0; // of what is pending
    std::size_t looked = 0;  // so far there is no line feed in it
    for (std::uint64_t place = 0; place < m_size;) {
        pending += piece(
            place, static_cast<std::size_t>(std::min<std::uint64_t>(pieceSize, m_size - place)));
        if (begin + pending.size() == place)
            return; // somebody has cut the file
        place = begin + pending.size();
        std::size_t used = 0;
        for (std::size_t end;
             (end = pending.find('\n', std::max(used, looked))) != std::string::npos;
             used = end + 1)
            take(std::string_view(pending).substr(used, end - used), begin + used);
        pending.erase(0, used);
        begin += used;
        looked = pending.size();
    }
}

std::string LineJournal::lineAt(std::uint64_t place) const
{
    std::string line;
    for (std::size_t length = shortLine;; length = pieceSize) {
        const std::string bytes = piece(place + line.size(), length);
        const std::size_t end = bytes.find('\n');
        line.append(bytes, 0, end);
        if (end != std::string::npos || bytes.empty())
            return line;
    }
}

std::uint64_t LineJournal::append(std::string_view line)
{
    std::string bytes(line);
    bytes += '\n';
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done,
                                       static_cast<off_t>(m_size + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const int error = errno;
            // What cannot be taken back is cut away when the file is opened again.
            [[maybe_unused]] const int cut = ::ftruncate(m_descriptor, static_cast<off_t>(m_size));
            throw writeError(m_file, error);
        }
        done += static_cast<std::size_t>(count);
    }
    const std::uint64_t place = m_size;
    m_size += bytes.size();
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastSync >= betweenSyncs) {
        if (::fdatasync(m_descriptor) != 0)
            throw writeError(m_file, errno);
        m_lastSync = now;
    }
    return place;
}

void LineJournal::clear()
{
    if (::ftruncate(m_descriptor, 0) != 0)
        throw writeError(m_file, errno);
    m_size = 0;
}

void LineJournal::remove()
{
    ::unlink(m_file.c_str());
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace core
