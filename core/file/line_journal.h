// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace core
{

/// A file to which lines are only ever added, so that a program that is killed at any moment loses
/// the line it was writing at most:
///
///     LineJournal journal("result.json.part.jsonl");
///     journal.read([&](std::string_view line, std::uint64_t place) { ... }); // what was kept
///     journal.append(line);
///
/// A last line that breaks off is cut away when the file is opened. Lines reach the system at once
/// and the disk every few seconds. One program at a time: the file is locked while it is open.
/// Functions throw Error(FileUnreadable, FileUnwritable, DiskFull) that names the file.
class LineJournal
{
public:
    /// Opens the file or makes it. Throws FileUnwritable when another program has it open.
    explicit LineJournal(std::filesystem::path file);
    ~LineJournal();
    LineJournal(const LineJournal &) = delete;
    LineJournal &operator=(const LineJournal &) = delete;

    bool isEmpty() const { return m_size == 0; }

    /// All lines in order, without their line feed, and where each begins.
    void read(const std::function<void(std::string_view line, std::uint64_t place)> &take) const;
    /// The line that begins at `place`.
    std::string lineAt(std::uint64_t place) const;

    /// Adds `line`, which must not hold a line feed; returns where it begins. When it throws,
    /// nothing was added.
    std::uint64_t append(std::string_view line);

    /// Takes all lines away.
    void clear();

    /// Deletes the file; nothing may be called afterwards.
    void remove();

private:
    bool openLocked(); ///< false: the file had been removed before the lock was had
    std::string piece(std::uint64_t place, std::size_t length) const;
    void cutBrokenLine();

    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::uint64_t m_size = 0; ///< of the whole lines
    std::chrono::steady_clock::time_point m_lastSync;
};

} // namespace core
