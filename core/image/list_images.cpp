// SPDX-License-Identifier: Apache-2.0
#include "core/image/list_images.h"

#include "core/error.h"
#include "core/image/natural_order.h"

#include <algorithm>
#include <array>

namespace core
{
namespace
{

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> extensions{
    "jpg", "jpeg", "jpe", "png", "tif", "tiff", "webp", "bmp", "dib", "ppm", "pgm", "pbm", "pnm"};

std::string utf8(const fs::path &path)
{
    const std::u8string text = path.generic_u8string();
    return {text.begin(), text.end()};
}

/// Without taking the whole path apart, which is what listing would spend its time with.
std::string nameOf(const fs::path &path)
{
    const auto &native = path.native();
    const std::size_t slash = native.find_last_of(fs::path::preferred_separator);
    return utf8(slash == fs::path::string_type::npos ? path : fs::path(native.substr(slash + 1)));
}

} // namespace

bool hasImageExtension(std::string_view fileName)
{
    const std::size_t dot = fileName.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return false;
    std::string extension(fileName.substr(dot + 1));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

ImageLister::ImageLister(fs::path directory, bool recursive)
    : m_recursive(recursive), m_visited(directory)
{
    std::error_code error;
    if (!fs::exists(directory, error))
        throw Error(ErrorKind::FileNotFound, "\"" + utf8(directory) + "\" does not exist.");
    m_place = fs::directory_iterator(directory, error);
    if (error) {
        throw Error(ErrorKind::FileUnreadable,
                    "\"" + utf8(directory) + "\" cannot be listed: " + error.message() + ".");
    }
}

void ImageLister::lookAt(const fs::directory_entry &entry, std::vector<std::string> &names)
{
    const std::string name = nameOf(entry.path());
    if (name.starts_with('.'))
        return;
    std::error_code error; // a link that leads nowhere is neither
    if (hasImageExtension(name) && entry.is_regular_file(error)) {
        names.push_back(m_prefix + name);
    } else if (m_recursive && entry.is_directory(error)) {
        if (m_visited.enter(entry.path()))
            m_next.push_back({entry.path(), m_prefix + name + '/'});
    }
}

void ImageLister::read(std::size_t count, std::vector<std::string> &names)
{
    std::error_code error;
    for (; count > 0 && !atEnd(); --count) {
        if (m_place != fs::directory_iterator()) {
            lookAt(*m_place, names);
            m_place.increment(error); // a failure ends this folder
        } else {
            m_place = fs::directory_iterator(m_next.front().path, error);
            m_prefix = std::move(m_next.front().prefix);
            m_next.pop_front();
        }
    }
}

std::vector<fs::path> listImages(const fs::path &directory, bool recursive)
{
    ImageLister lister(directory, recursive);
    std::vector<std::string> names;
    while (!lister.atEnd())
        lister.read(1000, names);
    std::sort(names.begin(), names.end(),
              [](const std::string &a, const std::string &b) { return naturalLess(a, b); });
    std::vector<fs::path> files;
    for (const std::string &name : names)
        files.push_back(directory / fs::path(reinterpret_cast<const char8_t *>(name.c_str())));
    return files;
}

} // namespace core
