// SPDX-License-Identifier: Apache-2.0
#include "core/file/file_error.h"

#include <cerrno>
#include <system_error>

namespace core
{

namespace
{

std::string reason(int errorNumber)
{
    return std::generic_category().message(errorNumber);
}

} // namespace

Error readError(const std::filesystem::path &file, int errorNumber)
{
    const std::string name = file.string();
    if (errorNumber == ENOENT || errorNumber == ENOTDIR)
        return {ErrorKind::FileNotFound, name + " does not exist; check the path."};
    if (errorNumber == EISDIR)
        return {ErrorKind::FileUnreadable, name + " is a folder; name a file in it."};
    if (errorNumber == EACCES || errorNumber == EPERM)
        return {ErrorKind::FileUnreadable, name + " may not be read; check its permissions."};
    if (errorNumber == ENOMEM)
        return {ErrorKind::OutOfMemory, "There is not enough memory to read " + name + "."};
    return {ErrorKind::FileUnreadable, name + " cannot be read: " + reason(errorNumber) + "."};
}

Error writeError(const std::filesystem::path &file, int errorNumber)
{
    const std::string name = file.string();
    if (errorNumber == ENOSPC || errorNumber == EDQUOT)
        return {ErrorKind::DiskFull,
                "There is no space left for " + name + "; free some or choose another place."};
    if (errorNumber == ENOENT || errorNumber == ENOTDIR)
        return {ErrorKind::FileUnwritable,
                name + " cannot be written: its folder does not exist; create it first."};
    if (errorNumber == EISDIR)
        return {ErrorKind::FileUnwritable, name + " is a folder; name a file in it."};
    if (errorNumber == ENODEV)
        return {ErrorKind::FileUnwritable, name + " is no plain file; choose another place."};
    return {ErrorKind::FileUnwritable, name + " cannot be written: " + reason(errorNumber) +
                                           "; check the permissions or choose another place."};
}

} // namespace core
