// SPDX-License-Identifier: Apache-2.0
#include "core/project/file_identity.h"

#if __has_include(<sys/stat.h>) && !defined(_WIN32)
#include <sys/stat.h>
#endif

namespace project
{

std::optional<FileIdentity> identityOf(const std::filesystem::path &file)
{
#if __has_include(<sys/stat.h>) && !defined(_WIN32)
    struct stat information {
    };
    if (stat(file.c_str(), &information) != 0)
        return std::nullopt;
    return FileIdentity(information.st_dev, information.st_ino);
#else
    std::error_code error;
    return std::filesystem::exists(file, error) ? std::optional(FileIdentity()) : std::nullopt;
#endif
}

} // namespace project
