// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/scene_source.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace core
{

/// One scene without loss, as the bytes of a file record (see scene_codec.cpp).
std::vector<std::uint8_t> encodeScene(const TrainingScene &scene);
/// Throws core::Error(BadDataset) on anything encodeScene did not write; `name` says where it came
/// from.
TrainingScene decodeScene(const std::uint8_t *bytes, std::size_t count, const std::string &name);

/// Paints scenes first ... first + count - 1 and writes them to one file, which appears whole or
/// not at all. Throws core::Error.
void writeSceneFile(const SceneSource &source, std::uint64_t first, std::uint64_t count,
                    const std::filesystem::path &path);

/// Scenes painted beforehand: all *.scenes files of a folder, in the order of their names. Read
/// without OpenCV, by any number of threads and processes; scene(n) repeats after size() scenes.
class SceneCache final : public SceneSource
{
public:
    /// Looks at the folder once; files written later are seen by the next SceneCache.
    /// Throws core::Error(FileNotFound, BadDataset).
    explicit SceneCache(const std::filesystem::path &folder);
    std::uint64_t size() const { return m_records.size(); }
    TrainingScene scene(std::uint64_t index) const override;

private:
    struct Record {
        std::size_t file;
        std::uint64_t offset;
        std::uint64_t length;
    };
    std::vector<std::filesystem::path> m_files;
    std::vector<Record> m_records;
};

} // namespace core
