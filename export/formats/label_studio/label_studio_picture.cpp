// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio/label_studio_picture.h"

#include "core/image/list_images.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

std::string unescaped(std::string_view text)
{
    return QByteArray::fromPercentEncoding(
               QByteArray(text.data(), static_cast<qsizetype>(text.size())))
        .toStdString();
}

/// Without what would lead out of a folder.
std::string safePath(std::string path)
{
    std::ranges::replace(path, '\\', '/');
    path = path.substr(0, path.find('\0'));
    if (path.size() > 1 && path[1] == ':') // of a Windows machine
        path = path.substr(2);
    std::filesystem::path safe;
    for (const std::filesystem::path &part : std::filesystem::path(path).relative_path()) {
        if (part != ".." && part != ".")
            safe /= part;
    }
    return safe.generic_string();
}

std::string lastPart(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string withoutUploadDigits(const std::string &name)
{
    constexpr std::size_t digits = 8;
    const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    const bool has = name.size() > digits + 1 && name[digits] == '-' &&
                     std::all_of(name.begin(), name.begin() + digits, isDigit);
    return has ? name.substr(digits + 1) : name;
}

/// The part of an address that names the file: without server, question and fragment.
std::string pathOfAddress(std::string_view address)
{
    if (const auto scheme = address.find("://"); scheme != address.npos) {
        address.remove_prefix(scheme + 3);
        address.remove_prefix(std::min(address.find('/'), address.size()));
    }
    return unescaped(address.substr(0, address.find_first_of("?#")));
}

bool isPictureName(const Json &value)
{
    return value.is_string() &&
           core::hasImageExtension(pathOfAddress(value.get_ref<const std::string &>()));
}

/// The key of "data" that names the picture; empty: none does.
std::string pictureKey(const Json &data)
{
    if (const auto image = data.find("image"); image != data.end() && image->is_string())
        return "image";
    for (const auto &[key, value] : data.items()) {
        if (isPictureName(value) ||
            (value.is_string() &&
             value.get_ref<const std::string &>().find("/local-files/?d=") != std::string::npos))
            return key;
    }
    return {};
}

} // namespace

LabelStudioPicture labelStudioPicture(const Json &task)
{
    LabelStudioPicture picture;
    std::string address;
    if (const auto data = task.find("data"); data != task.end() && data->is_object()) {
        picture.key = pictureKey(*data);
        if (!picture.key.empty())
            address = (*data)[picture.key].get<std::string>();
    }
    const auto upload = task.find("file_upload");
    const bool hasUpload = upload != task.end() && upload->is_string() &&
                           !upload->get_ref<const std::string &>().empty();
    if (address.empty() && hasUpload)
        address = "/data/upload/" + upload->get<std::string>();

    const std::string question = "/local-files/?d=";
    if (const auto local = address.find(question); local != address.npos) {
        const std::string path = address.substr(local + question.size());
        picture.full = safePath(unescaped(path.substr(0, path.find('&'))));
        picture.brief = picture.full;
    } else if (!address.starts_with("data:")) { // that would be the picture itself
        picture.full = safePath(pathOfAddress(address));
        picture.brief = lastPart(picture.full);
        if (picture.full.starts_with("data/upload/")) {
            picture.full = picture.brief;
            picture.brief = withoutUploadDigits(picture.brief);
        } else if (address.find("://") == address.npos) { // a path
            picture.brief = picture.full;
        }
    }
    return picture;
}

} // namespace exporters
