// SPDX-License-Identifier: Apache-2.0
#include "packed_files.h"

#include "core/error.h"
#include "export/files/image_path.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace fuzz
{
namespace
{

namespace fs = std::filesystem;

constexpr std::string_view mark = "=== ";
constexpr std::size_t mostFiles = 8;
constexpr std::size_t longestName = 100;

bool isSafe(const std::string &name)
{
    try {
        exporters::resolveImagePath("/", name);
        return name.size() <= longestName && name.find('\\') == name.npos;
    } catch (const core::Error &) {
        return false;
    }
}

std::string contentOf(const fs::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

std::vector<PackedFile> unpack(std::string_view packed)
{
    std::vector<PackedFile> files;
    while (packed.starts_with(mark) && files.size() < mostFiles) {
        packed.remove_prefix(mark.size());
        const std::size_t line = std::min(packed.find('\n'), packed.size());
        PackedFile file{std::string(packed.substr(0, line)), {}};
        packed.remove_prefix(std::min(line + 1, packed.size()));
        const std::size_t next = packed.find("\n" + std::string(mark));
        file.content = packed.substr(0, next);
        packed.remove_prefix(next == packed.npos ? packed.size() : next + 1);
        if (isSafe(file.name))
            files.push_back(std::move(file));
    }
    return files;
}

std::string pack(const std::vector<PackedFile> &files)
{
    std::string packed;
    for (const PackedFile &file : files)
        packed += std::string(mark) + file.name + "\n" + file.content + "\n";
    return packed;
}

std::vector<PackedFile> filesAt(const fs::path &path)
{
    if (!fs::is_directory(path))
        return {{path.filename().string(), contentOf(path)}};
    std::vector<PackedFile> files;
    for (const auto &entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file())
            files.push_back(
                {fs::relative(entry.path(), path).generic_string(), contentOf(entry.path())});
    }
    std::ranges::sort(files, {}, &PackedFile::name);
    return files;
}

void write(const std::vector<PackedFile> &files, const fs::path &folder)
{
    for (const PackedFile &file : files) {
        std::error_code ignored;
        fs::create_directories((folder / file.name).parent_path(), ignored);
        std::ofstream(folder / file.name, std::ios::binary) << file.content;
    }
}

} // namespace fuzz
