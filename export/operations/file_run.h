// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/line_journal.h"

#include <filesystem>

namespace exporters
{

/// A run that makes one file at once, so that there is nothing to go on with. While it lives nobody
/// else makes the same file. Its lock is the file that a PictureJournal of the target would be.
class FileRun
{
public:
    /// Throws core::Error(FileUnwritable) when another run makes the target, or one that was broken
    /// off left results there; and what LineJournal throws.
    explicit FileRun(const std::filesystem::path &target);
    ~FileRun();

private:
    core::LineJournal m_lock;
};

} // namespace exporters
