// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace exporters
{

/// A folder that appears whole or not at all: files are written into one beside the target, which
/// commit() renames. Without a commit everything written goes.
///
///     OutputFolder out("dataset");
///     out.write("labels/a.txt", text);
///     out.commit();
///
/// The target must not be there yet, or be empty: nothing of the user's is ever deleted. Every
/// function throws core::Error(FileUnwritable, DiskFull), and BadDataset for a name that leads out
/// of the folder.
class OutputFolder
{
public:
    explicit OutputFolder(std::filesystem::path target);
    ~OutputFolder();
    OutputFolder(const OutputFolder &) = delete;
    OutputFolder &operator=(const OutputFolder &) = delete;

    /// Where to write the file `name` (UTF-8, forward slashes), its folders being made.
    std::filesystem::path file(std::string_view name);
    /// Whether something was written, or begun, under that name.
    bool has(std::string_view name) const;
    void write(std::string_view name, std::string_view content);
    void makeFolder(std::string_view name);
    /// Puts the file `source` under `name`, by a hard link if `link` and the file system allows it.
    void take(const std::filesystem::path &source, std::string_view name, bool link);

    void commit();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
};

} // namespace exporters
