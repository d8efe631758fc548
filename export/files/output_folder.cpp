// SPDX-License-Identifier: Apache-2.0
#include "export/files/output_folder.h"

#include "core/file/atomic_file.h"
#include "core/file/file_error.h"
#include "export/files/image_path.h"

#include <cerrno>
#include <string>
#include <unistd.h>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

core::Error errorOf(const fs::path &path, const std::error_code &error)
{
    return core::writeError(path, error.value());
}

/// A path with a file name, which "out/" and "." do not have.
fs::path named(const fs::path &path)
{
    std::error_code error;
    const fs::path whole = fs::absolute(path, error);
    const fs::path plain = (error ? path : whole).lexically_normal();
    return plain.has_filename() ? plain : plain.parent_path();
}

} // namespace

OutputFolder::OutputFolder(fs::path target) : m_target(named(target))
{
    std::error_code error;
    const fs::file_status status = fs::status(m_target, error);
    if (fs::exists(status)) {
        if (!fs::is_directory(status))
            throw core::writeError(m_target, ENOTDIR);
        const bool isEmpty = fs::is_empty(m_target, error);
        if (error)
            throw errorOf(m_target, error);
        if (!isEmpty)
            throw core::Error(
                core::ErrorKind::FileUnwritable,
                "The folder \"" + m_target.string() +
                    "\" has files in it, and nothing of yours is written over; name a "
                    "new folder or an empty one.");
    }
    fs::path temporary = m_target;
    temporary += ".part-" + std::to_string(::getpid());
    // What a killed process of the same number left behind is nobody's any more.
    fs::remove_all(temporary, error);
    fs::create_directories(temporary, error);
    if (error)
        throw errorOf(m_target, error);
    m_temporary = temporary;
}

OutputFolder::~OutputFolder()
{
    std::error_code ignored;
    if (!m_temporary.empty())
        fs::remove_all(m_temporary, ignored);
}

fs::path OutputFolder::file(std::string_view name)
{
    const fs::path path = resolveImagePath(m_temporary, name);
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        throw errorOf(m_target / name, error);
    return path;
}

bool OutputFolder::has(std::string_view name) const
{
    std::error_code ignored;
    return fs::exists(resolveImagePath(m_temporary, name), ignored);
}

void OutputFolder::write(std::string_view name, std::string_view content)
{
    core::AtomicFile out(file(name));
    out.write(content);
    out.commit();
}

void OutputFolder::makeFolder(std::string_view name)
{
    std::error_code error;
    fs::create_directories(resolveImagePath(m_temporary, name), error);
    if (error)
        throw errorOf(m_target / name, error);
}

void OutputFolder::take(const fs::path &source, std::string_view name, bool link)
{
    const fs::path path = file(name);
    std::error_code error;
    if (link) {
        fs::create_hard_link(fs::canonical(source, error), path, error);
        if (!error)
            return;
    }
    fs::copy_file(source, path, error);
    std::error_code ignored;
    if (error && !fs::exists(source, ignored))
        throw core::readError(source, ENOENT);
    if (error)
        throw errorOf(m_target / name, error);
}

void OutputFolder::commit()
{
    std::error_code error;
    fs::remove(m_target, error); // an empty folder, or nothing
    fs::rename(m_temporary, m_target, error);
    if (error)
        throw errorOf(m_target, error);
    m_temporary.clear();
}

} // namespace exporters
