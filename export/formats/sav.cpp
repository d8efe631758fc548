// SPDX-License-Identifier: Apache-2.0
#include "export/formats/sav.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/entry.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_fields.h"
#include "export/json/json_folder.h"
#include "export/json/json_glimpse.h"
#include "export/json/json_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

constexpr std::size_t framesPerMask = 4; // 24 frames a second, 6 of them with masks

/// What a file says of its video.
struct Video {
    std::string id;
    core::Size size;
    std::vector<std::int64_t> masklets; ///< their numbers; fewer than there are: counted on
    std::vector<std::string> kinds;     ///< "auto", "manual"; may be fewer, too
};

std::string frameName(const std::string &video, std::size_t index)
{
    char number[32];
    std::snprintf(number, sizeof number, "/%05zu.jpg", index * framesPerMask);
    return video + number;
}

class SavReader
{
public:
    explicit SavReader(std::stop_token stop) : m_stop(std::move(stop))
    {
        m_result.dataset.categories.push_back({1, "object", "", 0});
    }

    void read(const std::filesystem::path &file)
    {
        JsonSource source(file, m_stop);
        Json head = Json::object();
        std::optional<std::uint64_t> masks;
        while (!source.isList()) {
            const std::optional<std::string> key = source.nextKey();
            if (!key)
                break;
            if (*key == "masklet")
                masks = source.position();
            const bool isWanted = *key == "video_id" || *key == "video_width" ||
                                  *key == "video_height" || *key == "masklet_id" ||
                                  *key == "masklet_type";
            if (isWanted)
                head[*key] = parseJson(file, source.value());
            else
                source.skip();
        }
        if (!masks || !head.contains("video_id"))
            throw core::Error(core::ErrorKind::BadDataset,
                              file.string() +
                                  " has no \"video_id\" and \"masklet\", as SA-V's files have.");
        const Video video = readHead(file, head);
        source.openListAt(*masks, "masklet");
        m_trackBase = m_tracks;
        while (const std::optional<JsonPiece> frame = source.nextElement())
            addFrame(file, video, source.index(), *frame);
    }

    void leaveOut(const std::filesystem::path &file, const core::Error &error)
    {
        m_result.findings.add({Severity::Error, "file", file.string(), "", error.what()});
    }

    ReadResult finish() { return std::move(m_result); }

private:
    static Video readHead(const std::filesystem::path &file, const Json &head)
    {
        const JsonFields fields(head, file.string());
        Video video{fields.text("video_id"), fields.size("video_width", "video_height"), {}, {}};
        if (const Json *ids = fields.find("masklet_id"); ids != nullptr && ids->is_array()) {
            for (const Json &id : *ids)
                video.masklets.push_back(fields.integer(id, "\"masklet_id\""));
        }
        if (const Json *kinds = fields.find("masklet_type");
            kinds != nullptr && kinds->is_array()) {
            for (const Json &kind : *kinds)
                video.kinds.push_back(kind.is_string() ? kind.get<std::string>() : "");
        }
        return video;
    }

    /// A video has a file for the automatic masklets and one for the manual ones.
    const core::ImageRecord &imageOf(const Video &video, std::size_t index)
    {
        const std::string name = frameName(video.id, index);
        auto &images = m_result.dataset.images;
        const auto [place, isNew] = m_images.emplace(name, images.size());
        if (isNew)
            images.push_back({core::Id(images.size()) + 1, name, video.size});
        return images[place->second];
    }

    void addFrame(const std::filesystem::path &file, const Video &video, std::size_t index,
                  const JsonPiece &piece)
    {
        const core::ImageRecord &image = imageOf(video, index);
        const std::string list = "masklet[" + std::to_string(index) + "]";
        Json frame;
        try {
            frame = parseJson(file, piece);
        } catch (const EntryError &error) {
            m_result.findings.add(findingOf(error, {file.string(), list}));
            return;
        }
        if (!frame.is_array()) {
            m_result.findings.add({Severity::Error, "not-a-list", file.string(), list,
                                   "is no list of masks; the frame was left out."});
            return;
        }
        for (std::size_t i = 0; i < frame.size(); ++i) {
            const std::string place = list + "[" + std::to_string(i) + "]";
            m_tracks = std::max(m_tracks, m_trackBase + core::Id(i) + 1);
            if (frame[i].is_null())
                continue;
            try {
                add(image, video, i, JsonFields(frame[i], place));
            } catch (const EntryError &error) {
                m_result.findings.add(findingOf(error, {file.string(), place}));
            }
        }
    }

    void add(const core::ImageRecord &image, const Video &video, std::size_t masklet,
             const JsonFields &fields)
    {
        core::Rle mask = readCocoSegmentation(fields.element(), image.size, fields);
        if (core::area(mask) == 0)
            return; // not seen in this frame
        auto &annotations = m_result.dataset.annotations;
        core::Annotation annotation;
        annotation.id = core::Id(annotations.size()) + 1;
        annotation.imageId = image.id;
        annotation.categoryId = 1;
        annotation.mask = std::move(mask);
        annotation.track = m_trackBase + core::Id(masklet) + 1;
        setForeignKey(annotation.foreign, "masklet_id",
                      masklet < video.masklets.size() ? video.masklets[masklet]
                                                      : std::int64_t(masklet));
        if (masklet < video.kinds.size() && !video.kinds[masklet].empty())
            setForeignKey(annotation.foreign, "masklet_type", video.kinds[masklet]);
        annotations.push_back(std::move(annotation));
    }

    std::stop_token m_stop;
    ReadResult m_result;
    std::map<std::string, std::size_t> m_images; ///< by name, their place in the dataset
    core::Id m_tracks = 0;                       ///< numbered so far
    core::Id m_trackBase = 0;                    ///< before the file being read
};

} // namespace

bool Sav::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(someJsonFile(input));
    return glimpse.hasKey("video_id") && glimpse.hasList("masklet");
}

ReadResult Sav::read(const std::filesystem::path &input, const ReadOptions &, std::stop_token stop,
                     const Progress &progress) const
{
    SavReader reader(stop);
    readJsonFiles(
        input, stop, progress, [&](const auto &file) { reader.read(file); },
        [&](const auto &file, const auto &error) { reader.leaveOut(file, error); });
    return reader.finish();
}

} // namespace exporters
