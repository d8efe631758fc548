// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace core
{

/// What went wrong, in terms of what the user can do about it.
enum class ErrorKind {
    FileNotFound,      ///< nothing at that path
    FileUnreadable,    ///< there, but may not be read, or reading broke off
    FileUnwritable,    ///< may not be written, read-only medium
    DiskFull,          ///< no space left
    BadImage,          ///< not an image, damaged, or of an impossible size
    BadCheckpoint,     ///< weights that are damaged, hostile, or of an unknown architecture
    BadDataset,        ///< an annotation file that breaks its format
    BadProject,        ///< a project file that is damaged or no project file
    ProjectLocked,     ///< another program writes to it
    ProjectTooNew,     ///< written by a later version
    BadPrompt,         ///< a prompt the model cannot take
    OutOfMemory,       ///< CPU or GPU memory
    DeviceUnavailable, ///< the asked device is not there
    ComputationFailed, ///< the numerical library gave up; the detail has its words
    Cancelled,         ///< the user stopped it
};

/// The one exception of the project, for what the user can act on. What we did wrong is an assert.
/// `detail` is one plain English sentence that names the file, what is wrong with it and what to
/// do; the command line prints it as it is, the window puts its own words before it.
class Error : public std::runtime_error
{
public:
    Error(ErrorKind kind, const std::string &detail) : std::runtime_error(detail), m_kind(kind) {}
    ErrorKind kind() const { return m_kind; }

private:
    ErrorKind m_kind;
};

} // namespace core
