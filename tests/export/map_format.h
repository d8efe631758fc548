// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/format.h"
#include "export/maps/index_png.h"

#include <QString>
#include <QTemporaryDir>

#include <filesystem>
#include <span>
#include <vector>

namespace sample
{

/// What tests of a format that is a folder need: a new folder for each of its datasets, gone with
/// the test.
template <typename Format>
class FolderOf
{
protected:
    std::filesystem::path newFolder()
    {
        return m_folder.filePath(QString("out %1").arg(++m_count)).toStdString();
    }
    std::filesystem::path place(const QString &name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    static exporters::WriteSummary write(const core::Dataset &dataset,
                                         const std::filesystem::path &folder,
                                         const exporters::WriteOptions &options = {})
    {
        exporters::DatasetSource source(dataset);
        return Format().write(source, folder, options, {}, {});
    }
    static exporters::ReadResult read(const std::filesystem::path &input,
                                      const exporters::ReadOptions &options = {})
    {
        return Format().read(input, options, {}, {});
    }

private:
    QTemporaryDir m_folder;
    int m_count = 0;
};

/// Writes a map by hand, and the folders around it.
inline void putMap(const std::filesystem::path &file, core::Size size,
                   std::vector<std::uint32_t> values, exporters::IndexDepth depth,
                   std::span<const core::Color> palette = {})
{
    std::filesystem::create_directories(file.parent_path());
    exporters::IndexMap map(size);
    map.values = std::move(values);
    exporters::writeIndexPng(map, depth, file, palette);
}

} // namespace sample
