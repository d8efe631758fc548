// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo/yolo_places.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/visited_folders.h"

#include <array>
#include <cerrno>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

bool isThere(const fs::path &path)
{
    std::error_code error;
    return fs::exists(path, error);
}

bool isFolder(const fs::path &path)
{
    std::error_code error;
    return fs::is_directory(path, error);
}

fs::path normal(const fs::path &path)
{
    const fs::path clean = path.lexically_normal();
    return clean.has_filename() || clean == clean.root_path() ? clean : clean.parent_path();
}

bool isYaml(const fs::path &file)
{
    return file.extension() == ".yaml" || file.extension() == ".yml";
}

/// The description in a folder: by its usual names, else the only one. Empty: none.
fs::path yamlIn(const fs::path &folder)
{
    for (const char *name : {"data.yaml", "dataset.yaml", "data.yml"}) {
        if (isThere(folder / name))
            return folder / name;
    }
    fs::path only;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (!isYaml(entry->path()))
            continue;
        if (!only.empty())
            return {};
        only = entry->path();
    }
    return only;
}

/// Where `place` lies under `root`. Some exports put one "../" too many before all of them.
fs::path placeUnder(const fs::path &root, const std::string &place)
{
    const fs::path path = normal(root / place);
    if (isThere(path) || isThere(yoloLabelsOf(path)) || !place.starts_with("../"))
        return path;
    const fs::path inside = normal(root / place.substr(3));
    return isThere(inside) || isThere(yoloLabelsOf(inside)) ? inside : path;
}

/// The "path" of a data.yaml may be relative to it, to a folder of datasets in which its own folder
/// lies, or come from another machine.
fs::path rootOf(const fs::path &folder, const YoloYaml &yaml)
{
    if (yaml.path.empty())
        return folder;
    const std::array candidates{normal(folder / yaml.path), folder,
                                normal(folder.parent_path() / yaml.path)};
    for (const fs::path &candidate : candidates) {
        for (const YoloYaml::Split &split : yaml.splits) {
            for (const std::string &place : split.places) {
                const fs::path path = placeUnder(candidate, place);
                if (isThere(path) || isThere(yoloLabelsOf(path)))
                    return candidate;
            }
        }
    }
    return candidates.front();
}

/// A folder called "images" far above the dataset is none of its own, unless labels lie beside it.
fs::path labelsOf(const fs::path &root, const fs::path &pictures)
{
    const fs::path inside = pictures.lexically_relative(root);
    const fs::path labels = yoloLabelsOf(pictures);
    if (inside.empty() || *inside.begin() == ".." || yoloLabelsOf(inside) != inside)
        return labels;
    return isFolder(labels) ? labels : pictures;
}

YoloPlaces::Place folderOf(const fs::path &root, const std::string &split, const fs::path &folder)
{
    const fs::path labels = labelsOf(root, folder);
    if (labels == folder && isFolder(folder / "images"))
        return {split, folder / "images", folder / "labels"};
    return {split, folder, labels};
}

bool isSame(const fs::path &a, const fs::path &b)
{
    std::error_code error;
    return fs::equivalent(a, b, error);
}

/// Pictures may lie anywhere: beside the description, on another disk. But a folder in which the
/// dataset itself lies somewhere, as with "train: /", is a mistake, and listing all of it could
/// take hours.
bool isTooMuch(const fs::path &pictures, const fs::path &yamlFolder, const fs::path &root)
{
    return isSame(pictures, pictures.root_path()) || core::liesBelow(root, pictures) ||
           (core::liesBelow(yamlFolder, pictures) && !isSame(pictures, root));
}

YoloPlaces placesOf(const fs::path &file, Findings &findings)
{
    const YoloYaml yaml = readYoloYaml(file, findings);
    const fs::path folder = normal(fs::absolute(file)).parent_path();
    YoloPlaces found{rootOf(folder, yaml), yaml.names, {}};
    for (const YoloYaml::Split &split : yaml.splits) {
        for (const std::string &place : split.places) {
            const fs::path path = placeUnder(found.root, place);
            if (path.extension() == ".txt" && !isFolder(path)) {
                found.places.push_back({split.name, path, {}, true});
                continue;
            }
            YoloPlaces::Place pictures = folderOf(found.root, split.name, path);
            if (isTooMuch(pictures.pictures, folder, found.root))
                FindingPlace(findings, file.string(), split.name)
                    .error("folder-above", "the dataset itself lies somewhere in \"" + place +
                                               "\", which is more than its pictures; left out. "
                                               "Name the folder of the pictures.");
            else
                found.places.push_back(std::move(pictures));
        }
    }
    if (yaml.splits.empty())
        throw core::Error(core::ErrorKind::BadDataset,
                          file.string() + ": it tells no folder of pictures; it needs \"train\", "
                                          "\"val\" or \"test\".");
    return found;
}

} // namespace

fs::path yoloLabelsOf(const fs::path &pictures)
{
    fs::path before, after;
    bool isFound = false;
    for (const fs::path &part : pictures) {
        if (part == "images") { // begin anew: the last one counts
            before = isFound ? before / "images" / after : after;
            after.clear();
            isFound = true;
        } else {
            after /= part;
        }
    }
    return isFound ? normal(before / "labels" / after) : pictures;
}

YoloPlaces findYoloPlaces(const fs::path &input, Findings &findings)
{
    if (!isThere(input))
        throw core::readError(input, ENOENT);
    if (!isFolder(input))
        return placesOf(input, findings);
    const fs::path folder = normal(fs::absolute(input));
    if (const fs::path file = yamlIn(folder); !file.empty())
        return placesOf(file, findings);
    for (const fs::path &classes : {folder / "classes.txt", folder / "labels" / "classes.txt"}) {
        if (isThere(classes) && isFolder(folder / "labels"))
            return {folder,
                    readYoloClasses(classes).names,
                    {{"", folder / "images", folder / "labels"}}};
    }
    throw core::Error(core::ErrorKind::BadDataset,
                      "\"" + input.string() +
                          "\" has no data.yaml that tells the names of the classes and where the "
                          "pictures lie.");
}

} // namespace exporters
