// SPDX-License-Identifier: Apache-2.0
#include "export/formats/dota/dota_folder.h"

#include "core/image/natural_order.h"
#include "export/files/file_names.h"
#include "export/files/picture_sizes.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

constexpr std::string_view labelFolder = "labelTxt";

std::vector<std::string> foldersIn(const fs::path &folder)
{
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code isNot;
        if (entry->is_directory(isNot))
            names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end(), core::naturalLess);
    return names;
}

bool isThere(const fs::path &folder)
{
    std::error_code error;
    return fs::is_directory(folder, error);
}

std::optional<DotaPlace> placeIn(const fs::path &folder, const std::string &split)
{
    const std::vector<std::string> names = foldersIn(folder);
    const auto first = std::ranges::find_if(
        names, [](const std::string &name) { return name.starts_with(labelFolder); });
    if (first == names.end())
        return {};
    return DotaPlace{split, isThere(folder / "images") ? folder / "images" : folder,
                     folder / *first};
}

/// Collects entries, each picture once.
class Lister
{
public:
    Lister(fs::path folder, const ReadOptions &options) : m_folder(std::move(folder))
    {
        if (!options.imageFolder.empty())
            m_elsewhere.emplace(options.imageFolder);
    }

    std::vector<DotaEntry> list()
    {
        std::vector<Labels> all;
        for (const DotaPlace &place : findDotaPlaces(m_folder))
            all.emplace_back(place, m_elsewhere ? fs::path() : place.pictures,
                             filesBelow(place.labels, ".txt"));
        // By their file name alone only pictures are found that nobody names better.
        for (Labels &labels : all)
            std::erase_if(labels.names,
                          [&](const std::string &label) { return addNamed(labels, label); });
        for (const Labels &labels : all) {
            for (const std::string &label : labels.names)
                addOther(labels, label);
            for (const std::string &name : labels.beside.names())
                add(labels, name, {});
        }
        std::ranges::sort(m_entries, core::naturalLess, &DotaEntry::name);
        return std::move(m_entries);
    }

private:
    /// The texts of a place and the pictures beside them.
    struct Labels {
        Labels(DotaPlace labelPlace, const fs::path &pictures, std::vector<std::string> labelNames)
            : place(std::move(labelPlace)), beside(pictures), names(std::move(labelNames))
        {
        }
        DotaPlace place;
        PictureSizes beside;
        std::vector<std::string> names;
    };

    const PictureSizes &picturesFor(const Labels &labels) const
    {
        return m_elsewhere ? *m_elsewhere : labels.beside;
    }

    std::string nameOf(const Labels &labels, std::string_view name) const
    {
        const fs::path folder = labels.place.pictures.lexically_relative(m_folder);
        // Nothing comes before it when pictures lie elsewhere, or the texts alone were named.
        if (m_elsewhere || folder.empty() || folder == "." || *folder.begin() == "..")
            return std::string(name);
        return (folder / name).generic_string();
    }

    bool addNamed(const Labels &labels, const std::string &label)
    {
        const std::string stem(withoutEnding(label));
        for (const std::string &name :
             {labels.place.split + '/' + stem, labels.place.split + "/images/" + stem, stem}) {
            if (const std::string *picture = picturesFor(labels).find(name))
                return add(labels, *picture, labels.place.labels / label);
        }
        return false;
    }

    void addOther(const Labels &labels, const std::string &label)
    {
        const std::string_view stem = withoutEnding(label);
        const std::string *picture = picturesFor(labels).findAnywhere(withoutFolders(stem));
        if (!picture || !add(labels, *picture, labels.place.labels / label))
            m_entries.push_back(
                {nameOf(labels, stem), {}, labels.place.labels / label, labels.place.split});
    }

    /// False: the picture has an entry.
    bool add(const Labels &labels, const std::string &picture, const fs::path &label)
    {
        std::string name = nameOf(labels, picture);
        if (!m_seen.insert(name).second)
            return false;
        m_entries.push_back(
            {std::move(name), picturesFor(labels).folder() / picture, label, labels.place.split});
        return true;
    }

    fs::path m_folder;
    std::optional<PictureSizes> m_elsewhere; ///< ReadOptions::imageFolder
    std::set<std::string> m_seen;
    std::vector<DotaEntry> m_entries;
};

fs::path withoutSlash(const fs::path &folder)
{
    const fs::path clean = folder.lexically_normal();
    return clean.has_filename() || !clean.has_parent_path() ? clean : clean.parent_path();
}

} // namespace

std::vector<DotaPlace> findDotaPlaces(const fs::path &input)
{
    const fs::path folder = withoutSlash(input);
    if (folder.filename().string().starts_with(labelFolder) && isThere(folder))
        return {{"", folder.parent_path() / "images", folder}};
    std::vector<DotaPlace> places;
    if (const auto place = placeIn(folder, ""))
        places.push_back(*place);
    for (const std::string &name : foldersIn(folder)) {
        if (const auto place = placeIn(folder / name, name == "valid" ? "val" : name))
            places.push_back(*place);
    }
    return places;
}

std::vector<DotaEntry> listDota(const fs::path &folder, const ReadOptions &options)
{
    return Lister(withoutSlash(folder), options).list();
}

} // namespace exporters
