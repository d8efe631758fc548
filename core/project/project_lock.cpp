// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_lock.h"

#include "core/error.h"
#include "core/project/sql_connection.h"

#include <QLockFile>

namespace project
{
namespace
{

using core::Error;
using core::ErrorKind;

struct Holder {
    qint64 process = 0;
    QString host, program;
};

bool isNamed(const QLockFile &lockFile, Holder &holder)
{
    return lockFile.getLockInfo(&holder.process, &holder.host, &holder.program);
}

/// A lock without a name is one that is being made, or whose maker was killed in between. The first
/// gets its name within milliseconds; the second is removed, which the system refuses while a
/// living program has the file.
bool takeFromTheNameless(QLockFile &lockFile)
{
    constexpr int milliseconds = 1000;
    if (lockFile.tryLock(milliseconds))
        return true;
    Holder holder;
    return !isNamed(lockFile, holder) && lockFile.removeStaleLockFile() && lockFile.tryLock(0);
}

std::string sentenceFor(const QLockFile &lockFile, const std::string &project)
{
    const std::string remedy = "). Close it there, or open it read-only; if that program is gone, "
                               "delete \"" +
                               lockFile.fileName().toStdString() + "\".";
    Holder holder;
    if (!isNamed(lockFile, holder))
        return project + " is open in another program (one that did not leave its name" + remedy;
    return project + " is open in " + holder.program.toStdString() + " (process " +
           std::to_string(holder.process) + " on " + holder.host.toStdString() + remedy;
}

} // namespace

std::unique_ptr<QLockFile> lockProject(const std::filesystem::path &file)
{
    auto lockFile = std::make_unique<QLockFile>(toQString(file) + QStringLiteral(".lock"));
    lockFile->setStaleLockTime(0); // stale only when its program is gone
    if (lockFile->tryLock(0))
        return lockFile;
    Holder holder;
    if (lockFile->error() == QLockFile::LockFailedError && !isNamed(*lockFile, holder) &&
        takeFromTheNameless(*lockFile))
        return lockFile;
    const std::string project = "The project \"" + utf8(file) + "\"";
    if (lockFile->error() == QLockFile::LockFailedError)
        throw Error(ErrorKind::ProjectLocked, sentenceFor(*lockFile, project));
    throw Error(
        ErrorKind::FileUnwritable,
        project +
            " is in a folder that may not be written to; open it read-only, or copy it elsewhere.");
}

} // namespace project
