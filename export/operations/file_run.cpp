// SPDX-License-Identifier: Apache-2.0
#include "export/operations/file_run.h"

#include "core/error.h"
#include "export/operations/picture_journal.h"

namespace exporters
{

FileRun::FileRun(const std::filesystem::path &target) : m_lock(PictureJournal::fileFor(target))
{
    if (!m_lock.isEmpty())
        throw core::Error(core::ErrorKind::FileUnwritable,
                          "\"" + PictureJournal::fileFor(target).string() +
                              "\" was left by a run that was broken off. Choose another target, or "
                              "delete it.");
}

FileRun::~FileRun()
{
    try {
        m_lock.remove();
    } catch (const core::Error &) { // an empty file stays, which is in nobody's way
    }
}

} // namespace exporters
