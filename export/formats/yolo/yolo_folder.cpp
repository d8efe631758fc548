// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo/yolo_folder.h"

#include "core/error.h"
#include "core/image/natural_order.h"
#include "core/image/visited_folders.h"
#include "export/files/file_names.h"
#include "export/files/picture_sizes.h"
#include "export/findings.h"
#include "export/formats/yolo/yolo_places.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

/// Null: `path` does not lie in `folder`.
std::optional<std::string> nameIn(const fs::path &folder, const fs::path &path)
{
    const fs::path relative = path.lexically_relative(folder);
    if (relative.empty() || relative == "." || *relative.begin() == "..")
        return {};
    return relative.generic_string();
}

std::string joined(const std::string &folder, std::string_view name)
{
    return folder.empty() ? std::string(name) : folder + '/' + std::string(name);
}

/// Whether a folder outside of the dataset is like "/usr" rather than one of pictures. Links are
/// not followed.
bool hasTooManyFolders(const fs::path &folder, const fs::path &root)
{
    std::error_code error;
    if (fs::equivalent(folder, root, error) || core::liesBelow(folder, root))
        return false;
    std::size_t count = 0;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                           error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && ++count > mostYoloFoldersOutside)
            return true;
    }
    return false;
}

class Opener
{
public:
    Opener(const ReadOptions &options, Findings &findings, const std::stop_token &stop)
        : m_findings(findings), m_stop(stop)
    {
        if (!options.imageFolder.empty())
            m_elsewhere.emplace(options.imageFolder, stop);
    }

    YoloFolder open(const fs::path &input)
    {
        YoloPlaces places = findYoloPlaces(input, m_findings);
        m_root = places.root;
        m_folder.names = std::move(places.names);
        for (const YoloPlaces::Place &place : places.places) {
            if (place.isList)
                addList(place);
            else
                addFolder(place);
        }
        // By their file name alone only pictures are found that no label names better.
        for (const YoloFolder::Entry &lost : m_lost)
            addLost(lost);
        std::ranges::sort(m_folder.entries, core::naturalLess, &YoloFolder::Entry::name);
        return std::move(m_folder);
    }

private:
    /// Those seen before are of the part that came first.
    void add(YoloFolder::Entry entry)
    {
        if (m_seen.insert(entry.name).second)
            m_folder.entries.push_back(std::move(entry));
    }

    void addFolder(const YoloPlaces::Place &place)
    {
        if (hasTooManyFolders(place.pictures, m_root))
            return FindingPlace(m_findings, place.pictures.string(), "")
                .error("folder-large", "it has more than " +
                                           std::to_string(mostYoloFoldersOutside) +
                                           " folders in it, which no folder of pictures has; left "
                                           "out. Name that of the pictures itself.");
        const std::string folder = nameIn(m_root, place.pictures).value_or("");
        const PictureSizes pictures(m_elsewhere ? fs::path() : place.pictures, m_stop);
        for (const std::string &name : pictures.names())
            add({joined(folder, name), place.pictures / name,
                 place.labels / (std::string(withoutEnding(name)) + ".txt"), place.split});
        std::error_code error;
        if (!fs::is_directory(place.labels, error) && pictures.names().empty()) {
            FindingPlace(m_findings, place.pictures.string(), "")
                .error("folder-missing", "there are neither pictures nor labels" +
                                             (place.split.empty() ? "" : " of " + place.split) +
                                             ".");
            return;
        }
        // Side by side with pictures lie texts of other kinds, too.
        if (place.labels == place.pictures && !m_elsewhere)
            return;
        for (const std::string &label : filesBelow(place.labels, ".txt", m_stop)) {
            const std::string stem(withoutEnding(label));
            if (stem != "classes" && !pictures.find(stem))
                addLabel(joined(folder, stem), joined(place.split, stem), place.labels / label,
                         place.split);
        }
    }

    void addList(const YoloPlaces::Place &place)
    {
        std::string text;
        try {
            text = readTextFile(place.pictures);
        } catch (const core::Error &error) {
            FindingPlace(m_findings, place.pictures.string(), "")
                .error("list-unreadable", std::string("the list of pictures of ") + place.split +
                                              " cannot be read: " + error.what());
            return;
        }
        forEachLine(text, [&](std::size_t number, std::string_view line) {
            constexpr std::string_view blank = " \t";
            const std::size_t begin = line.find_first_not_of(blank);
            if (begin != line.npos)
                addListed(place,
                          std::string(line.substr(begin, line.find_last_not_of(blank) + 1 - begin)),
                          {m_findings, place.pictures.string(), "line " + std::to_string(number)});
        });
    }

    void addListed(const YoloPlaces::Place &place, const std::string &line,
                   const FindingPlace &where)
    {
        if (!isUtf8(line) || line.find('\0') != line.npos)
            return where.error("list-name", "the name of the picture is not UTF-8; left out.");
        const fs::path listed(line);
        std::error_code error;
        const fs::path beside = (place.pictures.parent_path() / listed).lexically_normal();
        const fs::path picture =
            fs::exists(beside, error) ? beside : (m_root / listed).lexically_normal();
        const std::optional<std::string> name = nameIn(m_root, picture);
        if (!name || std::ranges::find(listed, "..") != listed.end())
            return where.error("list-outside", "the picture \"" + line +
                                                   "\" does not lie in the dataset's folder; left "
                                                   "out.");
        fs::path label = m_root / yoloLabelsOf(*name);
        label.replace_extension(".txt");
        if (!m_elsewhere && fs::is_regular_file(picture, error))
            return add({*name, picture, label, place.split});
        const std::string stem(withoutEnding(*name));
        addLabel(stem, joined(place.split, withoutFolders(stem)), label, place.split);
    }

    /// A label whose picture was not found where it should be.
    void addLabel(const std::string &stem, const std::string &shortStem, const fs::path &label,
                  const std::string &split)
    {
        const std::string *picture = nullptr;
        for (const std::string &candidate : {stem, shortStem}) {
            if (m_elsewhere && !picture)
                picture = m_elsewhere->find(candidate);
        }
        if (picture)
            add({*picture, m_elsewhere->folder() / *picture, label, split});
        else
            m_lost.push_back({stem, {}, label, split});
    }

    void addLost(const YoloFolder::Entry &lost)
    {
        const std::string *picture =
            m_elsewhere ? m_elsewhere->findAnywhere(withoutFolders(lost.name)) : nullptr;
        if (picture && !m_seen.contains(*picture))
            add({*picture, m_elsewhere->folder() / *picture, lost.label, lost.split});
        else
            add(lost);
    }

    Findings &m_findings;
    const std::stop_token &m_stop;
    std::optional<PictureSizes> m_elsewhere; ///< ReadOptions::imageFolder
    fs::path m_root;
    std::set<std::string, std::less<>> m_seen;
    std::vector<YoloFolder::Entry> m_lost; ///< labels without a picture of their path
    YoloFolder m_folder;
};

/// Looks at the beginnings of a few labels below a folder.
class KindVotes
{
public:
    void lookInto(const fs::path &folder)
    {
        std::error_code error;
        fs::recursive_directory_iterator entry(folder, error);
        for (int looks = 0; !error && looks < 1000 && m_files < mostFiles; ++looks) {
            if (entry == fs::recursive_directory_iterator())
                return;
            if (entry->path().extension() == ".txt" && entry->path().filename() != "classes.txt")
                lookAt(entry->path());
            entry.increment(error);
        }
    }

    void lookAt(const fs::path &file)
    {
        std::error_code error;
        if (!fs::is_regular_file(file, error) || m_files++ >= mostFiles)
            return;
        std::ifstream in(file, std::ios::binary);
        std::string beginning(std::size_t{1} << 16, '\0');
        in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
        beginning.resize(static_cast<std::size_t>(in.gcount()));
        forEachLine(beginning, [this](std::size_t, std::string_view line) {
            const std::size_t count = wordsOf(line).size();
            m_boxes += count == 5;
            m_rotated += count == 9;
            m_outlines += count > 5 && count != 9;
        });
    }

    YoloKind kind() const
    {
        if (m_outlines > 0 || (m_boxes > 0 && m_rotated > 0))
            return YoloKind::Outlines;
        return m_rotated > 0 ? YoloKind::RotatedBoxes : YoloKind::Boxes;
    }

private:
    static constexpr int mostFiles = 20;
    int m_files = 0;
    std::size_t m_boxes = 0, m_rotated = 0, m_outlines = 0;
};

} // namespace

YoloFolder openYoloFolder(const fs::path &input, const ReadOptions &options, Findings &findings,
                          const std::stop_token &stop)
{
    return Opener(options, findings, stop).open(input);
}

YoloKind glimpseYolo(const fs::path &input)
{
    try {
        std::error_code error;
        const bool isYaml = input.extension() == ".yaml" || input.extension() == ".yml";
        if (!isYaml && !fs::is_directory(input, error))
            return YoloKind::None;
        Findings ignored;
        const YoloPlaces places = findYoloPlaces(input, ignored);
        KindVotes votes;
        for (const YoloPlaces::Place &place : places.places) {
            const fs::path folder = place.isList ? places.root / "labels" : place.labels;
            votes.lookInto(folder);
        }
        return votes.kind();
    } catch (const std::exception &) {
        return YoloKind::None;
    }
}

} // namespace exporters
