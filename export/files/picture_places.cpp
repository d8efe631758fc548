// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_places.h"

#include "core/error.h"
#include "export/files/file_names.h"
#include "export/files/image_path.h"
#include "export/splits.h"

#include <algorithm>
#include <initializer_list>

namespace exporters
{
namespace
{

/// Folders that the name has because it was read from such a dataset.
std::string_view withoutSplitFolders(std::string_view name,
                                     std::initializer_list<std::string_view> splits)
{
    while (true) {
        const std::size_t slash = name.find('/');
        if (slash == name.npos)
            return name;
        const std::string_view folder = name.substr(0, slash);
        if (folder != "images" &&
            (folder.empty() || std::ranges::find(splits, folder) == splits.end()))
            return name;
        name.remove_prefix(slash + 1);
    }
}

/// Trainers find labels by the last folder called "images" in the path of a picture: no other may
/// have that name.
bool renameImagesFolders(std::string &stem)
{
    bool isChanged = false;
    std::size_t begin = 0;
    for (std::size_t slash = stem.find('/'); slash != stem.npos; slash = stem.find('/', begin)) {
        if (std::string_view(stem).substr(begin, slash - begin) == "images") {
            stem.insert(slash++, 1, '_');
            isChanged = true;
        }
        begin = slash + 1;
    }
    return isChanged;
}

} // namespace

std::optional<PicturePlaces::Place> PicturePlaces::placeOf(const core::ImageRecord &image)
{
    resolveImagePath({}, image.fileName); // refuses names that lead out
    std::string split = targetSplit(image, m_options);
    const std::string asked = split;
    if (split == "valid" || split == "validation")
        split = "val";
    if (split != "train" && split != "val" && split != "test") {
        split = "train";
        m_summary.lose("pictures of a part other than train, val and test went to train");
    }
    const std::string_view name =
        withoutSplitFolders(image.fileName, {split, asked, splitOf(image)});
    Place place{split, std::string(withoutEnding(name)), {}};
    place.ending = name.substr(place.stem.size());
    if (renameImagesFolders(place.stem))
        m_summary.lose("pictures got another name, because trainers misread a folder \"images\" "
                       "inside of it");
    if (m_taken.insert(split + '/' + place.stem).second)
        return place;
    if (m_options.pictures == Pictures::Leave) {
        m_summary.lose("pictures whose names differ from others' in their endings alone were left "
                       "out; copy or link the pictures, and they get new names");
        return {};
    }
    const std::string second =
        place.stem + '_' + (place.ending.empty() ? "2" : place.ending.substr(1));
    place.stem = second;
    for (int number = 2; !m_taken.insert(split + '/' + place.stem).second; ++number)
        place.stem = second + '_' + std::to_string(number);
    m_summary.lose("pictures got another name, because another one's differs in its ending alone");
    return place;
}

void PicturePlaces::take(const core::ImageRecord &image, const std::string &target)
{
    if (m_options.pictures == Pictures::Leave)
        return;
    try {
        m_out.take(pictureFile(m_options, image), target, m_options.pictures == Pictures::Link);
    } catch (const core::Error &error) {
        if (error.kind() != core::ErrorKind::FileNotFound)
            throw;
        m_summary.lose("pictures were not found in the image folder and so not taken along");
    }
}

} // namespace exporters
