// SPDX-License-Identifier: Apache-2.0
#include "core/training/prepare_objects.h"

#include "core/error.h"
#include "core/mask/rle_string.h"

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <fstream>
#include <utility>
#include <vector>

namespace core
{

namespace
{

using Json = nlohmann::json;

constexpr std::size_t mostObjects = 254; // GrabCut's subjects are 255

cv::Mat drawn(const Json &photo)
{
    const Size size{photo.at("size").at(0).get<int>(), photo.at("size").at(1).get<int>()};
    validateMaskSize(size);
    const Json &objects = photo.at("objects");
    if (objects.size() > mostObjects) {
        throw Error(ErrorKind::BadDataset, "more than 254 objects in one photo");
    }
    cv::Mat numbers(size.height, size.width, CV_8U, cv::Scalar(0));
    for (std::size_t i = 0; i < objects.size(); ++i) {
        Mask mask = decode(rleFromString(objects[i].at("counts").get<std::string>(), size));
        numbers.setTo(static_cast<double>(i + 1),
                      cv::Mat(size.height, size.width, CV_8U, mask.pixels.data()));
    }
    return numbers;
}

} // namespace

int drawObjects(const std::filesystem::path &list, const std::filesystem::path &photos,
                const std::filesystem::path &masks)
{
    std::filesystem::create_directories(masks);
    std::ifstream file(list);
    std::vector<std::pair<std::filesystem::path, cv::Mat>> drawings;
    try {
        for (const Json &photo : Json::parse(file)) {
            const std::filesystem::path name = photo.at("file").get<std::string>();
            if (std::filesystem::exists(photos / name.filename())) {
                drawings.emplace_back((masks / name.stem()).concat(".png"), drawn(photo));
            }
        }
    } catch (const std::exception &error) {
        throw Error(ErrorKind::BadDataset, "The list of objects \"" + list.string() +
                                               "\" cannot be used: " + error.what() + ".");
    }
    for (const auto &[path, numbers] : drawings) {
        if (!cv::imwrite(path.string(), numbers)) {
            throw Error(ErrorKind::FileUnwritable, "Cannot write the mask " + path.string() +
                                                       "; check the folder and the free space.");
        }
    }
    return static_cast<int>(drawings.size());
}

} // namespace core
