// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/change_set.h"

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace project
{

/// The name a folder's project has by default, inside the folder.
inline constexpr const char *defaultFileName = "maskwright.mwproj";
inline constexpr const char *fileExtension = "mwproj";

/// Everything a project holds, in order of id.
struct Contents {
    /// Where the images' fileName begins; absolute. A project beside its images moves with them;
    /// one elsewhere finds them when it is moved together with them.
    std::filesystem::path imageRoot;
    /// There are images, and none of those looked for is there: the folder was moved or is not
    /// mounted.
    bool imagesAreMissing = false;
    std::vector<core::ImageRecord> images; ///< size {0, 0} until the picture was read once
    /// core::imageDigest of those that were read once.
    std::unordered_map<core::Id, std::string> digests;
    std::vector<core::Category> categories;
    std::vector<AnnotationPointer> annotations;
    std::vector<ProposalPointer> proposals; ///< that nobody has accepted or rejected yet
    core::ForeignKeys foreign;              ///< of the whole dataset: licences, info
    /// First ids never used before, in any earlier session either: a deleted object's id is not
    /// given to another one.
    core::Id nextImageId = 1;
    core::Id nextCategoryId = 1;
    core::Id nextAnnotationId = 1;
    core::Id nextProposalId = 1;
};

enum class OpenMode {
    ReadWrite, ///< takes the lock: one writer at a time, in any program on any machine
    ReadOnly,  ///< touches nothing, works beside a writer
};

/// One project on disk: a SQLite database in WAL mode with synchronous=FULL, so that a transaction
/// that apply() returned from survives the program and the power. To be used from the thread that
/// made it (Qt SQL's rule); ui/editing keeps it on a thread of its own, where a slow disk holds up
/// nobody.
///
/// Opening checks the whole file first (SQLite's quick_check and the foreign keys) and brings an
/// older schema up to date. Before anything is written, a copy is kept as "NAME.backup-1" (the one
/// before as "NAME.backup-2") unless nothing changed since. What fails the check is left alone.
///
/// Throws core::Error: FileNotFound, FileUnreadable, FileUnwritable, DiskFull, BadProject (damaged,
/// or no project), ProjectLocked (the sentence names the program that has it), ProjectTooNew.
class ProjectFile
{
public:
    /// Makes an empty project; it appears whole or not at all. Existing files are refused
    /// (FileUnwritable). `imageRoot` is kept relative when it is the file's own folder.
    static void create(const std::filesystem::path &file, const std::filesystem::path &imageRoot);

    explicit ProjectFile(const std::filesystem::path &file, OpenMode mode = OpenMode::ReadWrite);
    ~ProjectFile();
    ProjectFile(const ProjectFile &) = delete;
    ProjectFile &operator=(const ProjectFile &) = delete;

    const std::filesystem::path &path() const;
    OpenMode mode() const;

    Contents load() const;

    /// One transaction, written to the disk when this returns. When it throws, nothing has changed.
    /// A file that was deleted meanwhile is written anew, whole; one that was replaced by another
    /// is left alone (FileUnwritable).
    void apply(const ChangeSet &changes);

private:
    void connectForWriting();
    void keepHoldOfFile();

    struct Private;
    std::unique_ptr<Private> d;
};

/// Makes a project that holds what another one holds, its images being in `imageRoot`; `from` is
/// only read. It appears whole or not at all. Throws core::Error.
void copyProject(const std::filesystem::path &from, const std::filesystem::path &to,
                 const std::filesystem::path &imageRoot);

/// Puts the newest copy that is whole ("NAME.backup-1", "NAME.backup-2") in the place of a damaged
/// project, which stays beside it as "NAME.damaged". Throws core::Error: BadProject when there is
/// no such copy, FileUnwritable.
void restoreBackup(const std::filesystem::path &file);

} // namespace project
