// SPDX-License-Identifier: Apache-2.0
#include "core/training/material.h"

#include "core/error.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace core
{

namespace
{

/// FNV-1a: the split must not depend on the standard library's hash.
std::uint64_t hashOfName(const std::filesystem::path &path)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : path.filename().string()) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return Random::mix(hash);
}

std::vector<std::filesystem::path> filesOfSplit(const std::filesystem::path &folder,
                                                SceneSplit split)
{
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::is_directory(folder)) {
        return files;
    }
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        const bool heldOut = hashOfName(entry.path()) % 8 == 0;
        if (entry.is_regular_file() && heldOut == (split == SceneSplit::Validation)) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

cv::Mat readOrThrow(const std::filesystem::path &path, int flags)
{
    cv::Mat image = cv::imread(path.string(), flags);
    if (image.empty()) {
        throw Error(ErrorKind::BadImage,
                    "Training material " + path.string() +
                        " cannot be read as an image; fetch the material again.");
    }
    return image;
}

/// RGBA.
cv::Mat readStamp(const std::filesystem::path &path)
{
    cv::Mat stamp = readOrThrow(path, cv::IMREAD_UNCHANGED);
    if (stamp.type() != CV_8UC4) {
        throw Error(ErrorKind::BadImage,
                    "Training stamp " + path.string() + " has no 8-bit alpha channel; remove it.");
    }
    cv::cvtColor(stamp, stamp, cv::COLOR_BGRA2RGBA);
    return stamp;
}

} // namespace

Material::Material(const std::filesystem::path &folder, SceneSplit split)
    : m_cutouts(filesOfSplit(folder / "cutouts", split)),
      m_stamps(filesOfSplit(folder / "stamps", split))
{
    for (const auto &path : filesOfSplit(folder / "photos", split)) {
        Photo photo{readOrThrow(path, cv::IMREAD_COLOR), {}};
        cv::cvtColor(photo.pixels, photo.pixels, cv::COLOR_BGR2RGB);
        const auto mask = (folder / "masks" / path.stem()).concat(".png");
        if (std::filesystem::exists(mask)) {
            photo.objects = readOrThrow(mask, cv::IMREAD_GRAYSCALE);
            if (photo.objects.size() != photo.pixels.size()) {
                throw Error(ErrorKind::BadImage,
                            "Mask " + mask.string() + " and photo " + path.string() +
                                " differ in size; collect the material again.");
            }
        }
        m_photos.push_back(std::move(photo));
        noteObjects(m_photos.size() - 1);
    }
    if (m_photos.empty() && m_stamps.empty() && m_cutouts.empty()) {
        throw Error(ErrorKind::FileNotFound, "No training material in " + folder.string() +
                                                 ": it should hold photos/, cutouts/ and stamps/; "
                                                 "make it with packaging/training-material.");
    }
}

void Material::noteObjects(std::size_t index)
{
    const cv::Mat &objects = m_photos[index].objects;
    if (objects.empty()) {
        return;
    }
    m_withObjects.push_back(index);
    std::array<cv::Rect, 256> boxes{};
    for (int y = 0; y < objects.rows; ++y) {
        const auto *number = objects.ptr<unsigned char>(y);
        for (int x = 0; x < objects.cols; ++x) {
            if (number[x] != 0) {
                boxes[number[x]] |= cv::Rect(x, y, 1, 1);
            }
        }
    }
    for (std::size_t number = 1; number < boxes.size(); ++number) {
        const cv::Rect &box = boxes[number];
        const bool isWhole =
            box.x > 0 && box.y > 0 && box.br().x < objects.cols && box.br().y < objects.rows;
        if (!box.empty() && isWhole) {
            m_whole.push_back({index, static_cast<unsigned char>(number), box});
        }
    }
}

const Photo &Material::photo(Random &random) const
{
    constexpr float knownShare = 0.45F;
    if (!m_withObjects.empty() && random.chance(knownShare)) {
        const auto choice = random.index(static_cast<int>(m_withObjects.size()));
        return m_photos[m_withObjects[static_cast<std::size_t>(choice)]];
    }
    return m_photos[static_cast<std::size_t>(random.index(static_cast<int>(m_photos.size())))];
}

cv::Mat Material::cutOut(const WholeObject &object) const
{
    const Photo &photo = m_photos[object.photo];
    const cv::Mat mask = photo.objects(object.box) == object.number;
    cv::Mat stamp(mask.size(), CV_8UC4);
    const cv::Mat channels[] = {photo.pixels(object.box), mask};
    const int order[] = {0, 0, 1, 1, 2, 2, 3, 3};
    cv::mixChannels(channels, 2, &stamp, 1, order, 4);
    return stamp;
}

cv::Mat Material::solid(std::size_t index) const
{
    return index < m_whole.size() ? cutOut(m_whole[index])
                                  : readStamp(m_cutouts[index - m_whole.size()]);
}

cv::Mat Material::stamp(Random &random) const
{
    // There are far more drawings than things with real light on them, which teach more.
    constexpr float solidShare = 0.6F;
    if (solidCount() > 0 && (m_stamps.empty() || random.chance(solidShare))) {
        return solid(static_cast<std::size_t>(random.index(static_cast<int>(solidCount()))));
    }
    const auto choice = random.index(static_cast<int>(m_stamps.size()));
    return readStamp(m_stamps[static_cast<std::size_t>(choice)]);
}

cv::Vec3f Material::colour(Random &random) const
{
    if (!hasPhotos() || random.chance(0.3F)) {
        return {random.uniform(0, 255), random.uniform(0, 255), random.uniform(0, 255)};
    }
    const cv::Mat &source = photo(random).pixels;
    return source.at<cv::Vec3b>(random.index(source.rows), random.index(source.cols));
}

} // namespace core
