// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/random.h"
#include "core/training/scene_split.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <vector>

namespace core
{

/// A photo and, where objects in it are known, which pixels are whose.
struct Photo {
    cv::Mat pixels;  ///< CV_8UC3, RGB
    cv::Mat objects; ///< CV_8U, the same size: the number of an object, 0: of none; or empty
};

/// Freely licensed pictures from a folder: photos/ (opaque, kept in memory), masks/ (the objects
/// in some of them, by the same name), cutouts/ (photographed or rendered things, cut out by their
/// alpha channel) and stamps/ (drawings, cut out likewise); the last two are read when asked for.
/// Empty lists are fine: scenes are then wholly procedural.
class Material
{
public:
    Material() = default;
    /// Throws core::Error(FileNotFound) when the folder is missing or holds none of them.
    Material(const std::filesystem::path &folder, SceneSplit split);

    bool hasPhotos() const { return !m_photos.empty(); }
    bool hasStamps() const { return !m_stamps.empty() || solidCount() > 0; }
    /// Those with known objects come more often than their number.
    const Photo &photo(Random &random) const;
    /// A cut-out, an object of a photo or a drawing: CV_8UC4, RGBA, cropped to what is not
    /// transparent. Throws core::Error(BadImage).
    cv::Mat stamp(Random &random) const;
    /// The colour of a random pixel of a random photo, so that painted scenes have the colours of
    /// real ones.
    cv::Vec3f colour(Random &random) const;

private:
    /// An object that may be pasted elsewhere: the photo's border does not cut it.
    struct WholeObject {
        std::size_t photo;
        unsigned char number;
        cv::Rect box;
    };
    void noteObjects(std::size_t photo);
    cv::Mat cutOut(const WholeObject &object) const;
    cv::Mat solid(std::size_t index) const;
    std::size_t solidCount() const { return m_whole.size() + m_cutouts.size(); }

    std::vector<Photo> m_photos;
    std::vector<std::size_t> m_withObjects; ///< indices of photos
    std::vector<WholeObject> m_whole;
    std::vector<std::filesystem::path> m_cutouts;
    std::vector<std::filesystem::path> m_stamps;
};

} // namespace core
