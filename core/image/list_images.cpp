// SPDX-License-Identifier: Apache-2.0
#include "core/image/list_images.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace core
{
namespace
{

namespace fs = std::filesystem;

constexpr std::array extensions{".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp",
                                ".bmp", ".dib",  ".ppm", ".pgm", ".pbm", ".pnm"};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string utf8(const fs::path &path)
{
    const std::u8string text = path.generic_u8string();
    return {text.begin(), text.end()};
}

/// Cuts the run of digits at the front of `text`, without leading zeros.
std::string_view takeNumber(std::string_view &text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    std::string_view digits = text.substr(0, std::size_t(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

class Lister
{
public:
    explicit Lister(bool recursive) : m_recursive(recursive) {}

    void visit(const fs::path &directory)
    {
        std::error_code error;
        if (!m_visited.insert(fs::canonical(directory, error)).second || error)
            return;
        for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
             entry.increment(error)) {
            if (utf8(entry->path().filename()).starts_with('.'))
                continue;
            std::error_code ignored; // a link that leads nowhere is neither
            if (entry->is_regular_file(ignored) && hasImageExtension(entry->path()))
                m_files.push_back(entry->path());
            else if (m_recursive && entry->is_directory(ignored))
                visit(entry->path());
        }
    }
    std::vector<fs::path> take() { return std::move(m_files); }

private:
    bool m_recursive;
    std::set<fs::path> m_visited;
    std::vector<fs::path> m_files;
};

} // namespace

bool hasImageExtension(const fs::path &file)
{
    std::string extension = utf8(file.extension());
    std::transform(extension.begin(), extension.end(), extension.begin(), lower);
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool naturalLess(std::string_view a, std::string_view b)
{
    std::string_view restA = a, restB = b;
    while (!restA.empty() && !restB.empty()) {
        if (isDigit(restA[0]) && isDigit(restB[0])) {
            const std::string_view x = takeNumber(restA), y = takeNumber(restB);
            if (x != y)
                return x.size() != y.size() ? x.size() < y.size() : x < y;
            continue;
        }
        const auto x = static_cast<unsigned char>(lower(restA[0]));
        const auto y = static_cast<unsigned char>(lower(restB[0]));
        if (x != y)
            return x < y;
        restA.remove_prefix(1);
        restB.remove_prefix(1);
    }
    if (restA.empty() != restB.empty())
        return restA.empty();
    return a < b;
}

std::vector<fs::path> listImages(const fs::path &directory, bool recursive)
{
    std::error_code error;
    if (!fs::exists(directory, error))
        throw Error(ErrorKind::FileNotFound, "\"" + utf8(directory) + "\" does not exist.");
    if (fs::directory_iterator(directory, error); error) {
        throw Error(ErrorKind::FileUnreadable,
                    "\"" + utf8(directory) + "\" cannot be listed: " + error.message() + ".");
    }
    Lister lister(recursive);
    lister.visit(directory);
    std::vector<fs::path> files = lister.take();
    std::sort(files.begin(), files.end(),
              [](const fs::path &a, const fs::path &b) { return naturalLess(utf8(a), utf8(b)); });
    return files;
}

} // namespace core
