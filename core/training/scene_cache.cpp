// SPDX-License-Identifier: Apache-2.0
// The file: "MWSCENE1", the number of scenes, their lengths in bytes (64 bits each, little endian),
// the records.
#include "core/training/scene_cache.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

namespace core
{

namespace
{

constexpr std::array<char, 8> magic{'M', 'W', 'S', 'C', 'E', 'N', 'E', '1'};

void appendNumber(std::vector<std::uint8_t> &bytes, std::uint64_t value)
{
    for (int shift = 0; shift < 64; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

std::uint64_t readNumber(std::istream &in)
{
    std::array<unsigned char, 8> bytes{};
    in.read(reinterpret_cast<char *>(bytes.data()), bytes.size());
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    }
    return value;
}

Error damaged(const std::filesystem::path &path)
{
    return {ErrorKind::BadDataset,
            "Scene file " + path.string() + " is damaged; delete it and paint its scenes again."};
}

} // namespace

void writeSceneFile(const SceneSource &source, std::uint64_t first, std::uint64_t count,
                    const std::filesystem::path &path)
{
    std::vector<std::uint8_t> header(magic.begin(), magic.end());
    std::vector<std::uint8_t> records;
    appendNumber(header, count);
    for (std::uint64_t i = first; i < first + count; ++i) {
        const auto record = encodeScene(source.scene(i));
        appendNumber(header, record.size());
        records.insert(records.end(), record.begin(), record.end());
    }
    std::filesystem::path temporary = path;
    temporary += ".part";
    std::ofstream out(temporary, std::ios::binary);
    out.write(reinterpret_cast<const char *>(header.data()),
              static_cast<std::streamsize>(header.size()));
    out.write(reinterpret_cast<const char *>(records.data()),
              static_cast<std::streamsize>(records.size()));
    out.close();
    std::error_code error;
    if (out) {
        std::filesystem::rename(temporary, path, error);
    }
    if (!out || error) {
        std::filesystem::remove(temporary, error);
        throw Error(ErrorKind::FileUnwritable, "Cannot write the scene file " + path.string() +
                                                   "; check the folder and the free space.");
    }
}

SceneCache::SceneCache(const std::filesystem::path &folder)
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".scenes") {
            m_files.push_back(entry.path());
        }
    }
    std::sort(m_files.begin(), m_files.end());
    for (std::size_t file = 0; file < m_files.size(); ++file) {
        std::ifstream in(m_files[file], std::ios::binary);
        const std::uint64_t bytes = std::filesystem::file_size(m_files[file]);
        std::array<char, 8> start{};
        in.read(start.data(), start.size());
        const std::uint64_t count = readNumber(in);
        if (!in || start != magic || count > bytes / 8) {
            throw damaged(m_files[file]);
        }
        std::uint64_t offset = magic.size() + 8 + 8 * count;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t length = readNumber(in);
            if (!in || length > bytes || offset + length > bytes) {
                throw damaged(m_files[file]);
            }
            m_records.push_back({file, offset, length});
            offset += length;
        }
    }
    if (m_records.empty()) {
        throw Error(ErrorKind::FileNotFound, "No scene files in " + folder.string() +
                                                 "; paint some with maskwright-scenes --cache.");
    }
}

TrainingScene SceneCache::scene(std::uint64_t index) const
{
    const Record &record = m_records[index % m_records.size()];
    const auto &path = m_files[record.file];
    std::ifstream in(path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(record.offset));
    std::vector<std::uint8_t> bytes(record.length);
    in.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!in) {
        throw damaged(path);
    }
    return decodeScene(bytes.data(), bytes.size(), path.string());
}

} // namespace core
