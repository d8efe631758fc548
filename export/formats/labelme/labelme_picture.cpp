// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme/labelme_picture.h"

#include "core/image/image_header.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

/// `path` counted from `folder`; empty where it lies elsewhere.
fs::path below(const fs::path &folder, const fs::path &path)
{
    const fs::path name = path.lexically_relative(fs::absolute(folder).lexically_normal());
    return name.empty() || *name.begin() == ".." ? fs::path() : name;
}

} // namespace

std::string labelMePictureName(std::string path, const fs::path &jsonFile, const fs::path &root,
                               const fs::path &imageFolder)
{
    path = path.substr(0, path.find('\0'));
    std::ranges::replace(path, '\\', '/');
    const bool hasDrive = path.size() > 1 && path[1] == ':';
    if (hasDrive || path.starts_with('/')) // of another machine
        return fs::path(path).filename().string();
    const fs::path picture = (fs::absolute(jsonFile).parent_path() / path).lexically_normal();
    fs::path name = imageFolder.empty() ? fs::path() : below(imageFolder, picture);
    if (name.empty())
        name = below(root, picture);
    if (name.empty()) { // elsewhere: what is left of the path itself
        for (const fs::path &part : fs::path(path).lexically_normal()) {
            if (part != "..")
                name /= part;
        }
    }
    return name.generic_string();
}

core::Size labelMeEmbeddedSize(const nlohmann::json &file)
{
    const auto data = file.find("imageData");
    if (data == file.end() || !data->is_string())
        return {};
    const QByteArray bytes =
        QByteArray::fromBase64(QByteArray::fromStdString(data->get_ref<const std::string &>()));
    const auto size = static_cast<std::uint64_t>(bytes.size());
    const auto header =
        core::readImageHeader([&](std::uint64_t offset, std::span<std::uint8_t> into) {
            if (offset > size || size - offset < into.size())
                return false;
            std::memcpy(into.data(), bytes.constData() + offset, into.size());
            return true;
        });
    return header ? header->upright() : core::Size{};
}

} // namespace exporters
