// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/visited_folders.h"

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// Whether the extension is one of a picture, in any case: .jpg .jpeg .jpe .png .tif .tiff .webp
/// .bmp .dib .ppm .pgm .pbm .pnm
bool hasImageExtension(std::string_view fileName);

/// The pictures of a folder a few at a time, so that a folder of a hundred thousand need not be
/// read to its end before the first one is shown.
///
/// A file counts as a picture by its extension; nothing is opened. Names that begin with a dot are
/// left out; so are subfolders that may not be read. Links to folders are followed as
/// VisitedFolders says.
class ImageLister
{
public:
    /// Throws Error(FileNotFound, FileUnreadable).
    ImageLister(std::filesystem::path directory, bool recursive);

    bool atEnd() const
    {
        return m_place == std::filesystem::directory_iterator() && m_next.empty();
    }
    /// Looks at up to `count` entries and appends the names of the pictures among them, in UTF-8
    /// with forward slashes, relative to the directory. The folder's own come before those of its
    /// subfolders; among themselves they come as the disk has them.
    void read(std::size_t count, std::vector<std::string> &names);

private:
    struct Folder {
        std::filesystem::path path;
        std::string prefix; ///< "sub/folder/"
    };
    void lookAt(const std::filesystem::directory_entry &entry, std::vector<std::string> &names);

    bool m_recursive;
    std::filesystem::directory_iterator m_place; ///< in the folder being read
    std::string m_prefix;                        ///< of that folder
    std::deque<Folder> m_next;
    VisitedFolders m_visited;
};

/// All of them, in natural order of their paths (img2 before img10).
/// Throws Error(FileNotFound, FileUnreadable).
std::vector<std::filesystem::path> listImages(const std::filesystem::path &directory,
                                              bool recursive = false);

} // namespace core
