// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/picture_journal.h"
#include "export/operations/run_description.h"

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace exporters
{

/// A COCO file that a run over pictures has finished (see PictureJournal), to which a later one may
/// add the pictures that are new.
class FinishedRun
{
public:
    /// Reads the names of its pictures. Throws core::Error(FileUnwritable) when the file is not of
    /// such a run, or of one whose RunDescription::work differs, and says in what; and what reading
    /// it throws.
    FinishedRun(std::filesystem::path target, const RunDescription &description);

    const std::set<std::string> &pictures() const { return m_pictures; }

    /// Hands over the results. In memory are all run lengths of the file.
    void forEach(const std::function<void(PictureResult)> &take) const;

private:
    std::filesystem::path m_target;
    std::set<std::string> m_pictures;
};

} // namespace exporters
