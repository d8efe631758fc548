// SPDX-License-Identifier: Apache-2.0
#include "core/project/image_root.h"

#include "core/project/sql_connection.h"

namespace project
{
namespace
{

namespace fs = std::filesystem;

const QString relativeKey = QStringLiteral("image_root");
const QString absoluteKey = QStringLiteral("image_root_absolute");

fs::path read(const SqlConnection &connection, const QString &key)
{
    QSqlQuery query =
        connection.run(QStringLiteral("SELECT value FROM setting WHERE key = ?"), {key});
    return query.next() ? fs::path(query.value(0).toString().toStdU16String()) : fs::path();
}

} // namespace

// Looking for all of a hundred thousand on a slow disk would take minutes.
bool holdsImages(const fs::path &imageRoot, const std::vector<core::ImageRecord> &images)
{
    constexpr std::size_t enough = 20;
    const std::size_t step = std::max<std::size_t>(1, images.size() / enough);
    for (std::size_t i = 0; i < images.size(); i += step) {
        const auto *name = reinterpret_cast<const char8_t *>(images[i].fileName.c_str());
        std::error_code error;
        if (fs::exists(imageRoot / fs::path(name), error))
            return true;
    }
    return false;
}

void writeImageRoot(const SqlConnection &connection, const fs::path &projectFile,
                    const fs::path &imageRoot)
{
    const fs::path root = fs::absolute(imageRoot).lexically_normal();
    const fs::path folder = fs::absolute(projectFile).lexically_normal().parent_path();
    const fs::path relative = root.lexically_relative(folder);
    const QString statement = QStringLiteral(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    connection.run(statement, {relativeKey, toQString(relative.empty() ? root : relative)});
    connection.run(statement, {absoluteKey, toQString(root)});
}

ImageRoot findImageRoot(const SqlConnection &connection, const fs::path &projectFile,
                        const std::vector<core::ImageRecord> &images)
{
    const fs::path folder = fs::absolute(projectFile).parent_path();
    const fs::path first = (folder / read(connection, relativeKey)).lexically_normal();
    const fs::path absolute = read(connection, absoluteKey);
    for (const fs::path &root : {first, absolute.empty() ? first : absolute, folder}) {
        if (holdsImages(root, images))
            return {root, false};
    }
    return {first, !images.empty()};
}

} // namespace project
