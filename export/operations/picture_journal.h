// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/line_journal.h"
#include "export/format.h"
#include "export/operations/run_description.h"

#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace exporters
{

/// What was found in one picture. The ids of image and annotations are given when the target is
/// made.
struct PictureResult {
    std::string key;         ///< tells pictures of one run apart; UTF-8
    core::ImageRecord image; ///< its name must be UTF-8
    std::vector<core::Annotation> annotations;
    std::optional<std::filesystem::file_time_type> madeAt = {}; ///< nothing: not known
};

/// The results of a long run over pictures, kept beside the target until it is complete, so that a
/// run that was killed goes on where it was:
///
///     PictureJournal journal("all.json", description, resume);
///     for (each picture) if (!journal.has(key)) journal.add(result);
///     journal.write(keys, categories, format); // all.json appears
///     journal.remove();
///
/// It is the file "all.json.part.jsonl": a first line that describes the run, then a line a
/// picture. Lines that cannot be read are as if they were not there. In memory are the keys and
/// where their lines begin. The target says what it was made with (runRecordKey), so that a later
/// run can add pictures to it.
class PictureJournal
{
public:
    /// With `resume` a run goes on with what one of an equal description kept; where there is a
    /// finished target instead, with its results (see FinishedRun).
    ///
    /// The target is a file. Throws core::Error(FileUnwritable) when it cannot be one; when there
    /// are results and `resume` is false, so that an hour's work is not lost to a forgotten option;
    /// when the description is another one; when another run has the journal open; and what
    /// FinishedRun and LineJournal throw.
    PictureJournal(const std::filesystem::path &target, RunDescription description, bool resume);

    static std::filesystem::path fileFor(const std::filesystem::path &target);
    /// Whether the target is there and no journal beside it: a run has finished it.
    static bool isFinished(const std::filesystem::path &target);

    bool has(const std::string &key) const { return m_results.contains(key); }
    /// When its result was added; of results of a finished target, when that was written. Nothing:
    /// there is none. The future: there is one, but nobody knows.
    std::optional<std::filesystem::file_time_type> madeAt(const std::string &key) const;
    std::size_t size() const { return m_results.size(); }

    /// In the place of an earlier one of that key. What was made at no known time was made now.
    /// Throws core::Error(BadDataset) for a name that is not UTF-8, and what LineJournal throws.
    void add(PictureResult result);

    /// Makes the target from the results of `keys`, in this order: images and annotations are
    /// numbered from 1. Keys without a result are passed over, masks without a pixel are left out
    /// and counted. Errors as Format::write.
    WriteSummary write(std::span<const std::string> keys, std::vector<core::Category> categories,
                       const Format &format, const WriteOptions &options = {}) const;

    void remove() { m_journal.remove(); }

private:
    struct Kept {
        std::uint64_t place; ///< of its line
        std::filesystem::file_time_type madeAt;
    };
    void readKept(bool resume);

    std::filesystem::path m_target;
    RunDescription m_description;
    bool m_goesOn; ///< with a finished target
    core::LineJournal m_journal;
    std::unordered_map<std::string, Kept> m_results;
};

} // namespace exporters
