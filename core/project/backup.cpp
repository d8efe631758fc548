// SPDX-License-Identifier: Apache-2.0
#include "core/project/backup.h"

namespace project
{
namespace
{

namespace fs = std::filesystem;

fs::path withSuffix(const fs::path &file, const char *suffix)
{
    fs::path result = file;
    result += suffix;
    return result;
}

bool isNewer(const fs::path &copy, const fs::path &original)
{
    std::error_code error;
    const auto copied = fs::last_write_time(copy, error);
    return !error && copied >= fs::last_write_time(original, error) && !error;
}

} // namespace

bool keepBackup(const SqlConnection &connection)
{
    const fs::path file = connection.file();
    const fs::path first = withSuffix(file, ".backup-1");
    const fs::path second = withSuffix(file, ".backup-2");
    const fs::path temporary = withSuffix(file, ".backup-new");
    const fs::path journal = withSuffix(file, "-wal");
    std::error_code error;
    const bool hasJournal = fs::exists(journal, error) && fs::file_size(journal, error) > 0;
    if (isNewer(first, file) && !(hasJournal && !isNewer(first, journal)))
        return true;
    try {
        fs::remove(temporary);
        connection.run(QStringLiteral("VACUUM INTO ?"), {toQString(temporary)});
        if (fs::exists(first))
            fs::rename(first, second);
        fs::rename(temporary, first);
        return true;
    } catch (const core::Error &) {
    } catch (const fs::filesystem_error &) {
    }
    fs::remove(temporary, error);
    return false;
}

} // namespace project
