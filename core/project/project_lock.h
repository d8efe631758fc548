// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

class QLockFile;

namespace project
{

/// Takes "FILE.lock": one writer at a time, in any program on any machine. The lock of a dead
/// program does not count, nor does one whose maker died before it had written its name. Waits up
/// to a second where that cannot be told at once.
/// Throws core::Error: ProjectLocked (naming the program that has it), FileUnwritable.
std::unique_ptr<QLockFile> lockProject(const std::filesystem::path &file);

} // namespace project
