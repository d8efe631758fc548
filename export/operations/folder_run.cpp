// SPDX-License-Identifier: Apache-2.0
#include "export/operations/folder_run.h"

#include "core/error.h"

#include <cstdio>
#include <fstream>
#include <optional>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

std::string nameOf(const core::Shard &shard)
{
    return ".maskwright-run-" + std::to_string(shard.index) + "-of-" + std::to_string(shard.count) +
           ".jsonl";
}

std::optional<core::Shard> shardFrom(const std::string &name)
{
    core::Shard shard;
    const int found =
        std::sscanf(name.c_str(), ".maskwright-run-%9u-of-%9u", &shard.index, &shard.count);
    return found == 2 && name == nameOf(shard) ? std::optional(shard) : std::nullopt;
}

void refuseOthers(const fs::path &folder, const std::string &record, const RunDescription &ours)
{
    const std::string differing = record.empty() ? "" : differences(record, ours.work);
    if (!differing.empty())
        throw core::Error(core::ErrorKind::FileUnwritable,
                          "\"" + folder.string() + "\" has files of a run that differs in " +
                              differing +
                              ". Choose another folder, or leave --resume out to do all anew.");
}

std::string firstLineOf(const fs::path &file)
{
    std::string line;
    std::ifstream stream(file);
    std::getline(stream, line);
    return line;
}

} // namespace

FolderRun::FolderRun(const fs::path &folder, const core::Shard &shard,
                     const RunDescription &description, bool resume)
    : m_record(folder / nameOf(shard))
{
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const auto other = shardFrom(entry->path().filename().string());
        if (!other)
            continue;
        // The pictures of another number of shards are partly ours.
        if (other->count != shard.count)
            const core::LineJournal probe(entry->path()); // refuses when it is in use
        if (resume)
            refuseOthers(folder, firstLineOf(entry->path()), description);
    }
    m_record.clear();
    m_record.append(description.work.empty() ? "{}" : description.work);
}

} // namespace exporters
