// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/line_journal.h"
#include "core/file/shard.h"
#include "export/operations/run_description.h"

#include <filesystem>

namespace exporters
{

/// A run that gives every picture a file of its own in a folder. While it lives nobody else does
/// the same work there, and what an earlier run left there was made with the same model and
/// options. Shards of one run may share a folder.
///
/// It keeps a file there, ".maskwright-run-1-of-4.jsonl" of the first of four shards, which is
/// locked meanwhile and says what the files were made with.
class FolderRun
{
public:
    /// Throws core::Error(FileUnwritable) when another run of this shard, or with another number of
    /// shards, is at work in the folder; with `resume`, when one of another RunDescription::work
    /// has been, and says in what it differs; and what LineJournal throws.
    FolderRun(const std::filesystem::path &folder, const core::Shard &shard,
              const RunDescription &description, bool resume);

private:
    core::LineJournal m_record;
};

} // namespace exporters
