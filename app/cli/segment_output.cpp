// SPDX-License-Identifier: Apache-2.0
#include "app/cli/segment_output.h"

#include "app/cli/json_values.h"

#include "export/maps/mask_overlay.h"
#include "export/maps/png_writer.h"

#include <array>

namespace cli
{
namespace
{

constexpr std::array<core::Color, 8> overlayColors{0xff3b6b, 0x1f9bff, 0x2fd06a, 0xffa61f,
                                                   0xa05bff, 0x12c8c8, 0xf0e030, 0xff7ad0};

std::string fileName(const std::filesystem::path &file)
{
    const std::u8string name = file.filename().u8string();
    return {name.begin(), name.end()};
}

} // namespace

std::string cocoText(const std::filesystem::path &imageFile, core::Size size,
                     const std::vector<ObjectMasks> &objects, bool allCandidates,
                     const std::string &category)
{
    Json annotations = Json::array();
    for (const ObjectMasks &masks : objects) {
        for (std::size_t i = 0; i < (allCandidates ? masks.size() : 1); ++i) {
            const Json mask = toJson(masks[i]);
            if (mask["area"] == 0)
                continue;
            annotations.push_back({{"id", annotations.size() + 1},
                                   {"image_id", 1},
                                   {"category_id", 1},
                                   {"segmentation", mask["rle"]},
                                   {"area", mask["area"]},
                                   {"bbox", mask["bbox"]},
                                   {"iscrowd", 0},
                                   {"score", mask["predicted_iou"]},
                                   {"stability_score", mask["stability_score"]}});
        }
    }
    const Json file{
        {"info", {{"description", "Made with Maskwright " MASKWRIGHT_VERSION}}},
        {"licenses", Json::array()},
        {"images", Json::array({{{"id", 1},
                                 {"width", size.width},
                                 {"height", size.height},
                                 {"file_name", fileName(imageFile)}}})},
        {"annotations", std::move(annotations)},
        {"categories", Json::array({{{"id", 1}, {"name", category}, {"supercategory", ""}}})},
    };
    // A file name may hold any bytes; JSON may not.
    return file.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void writeMaskPng(const std::filesystem::path &file, core::Size size,
                  const std::vector<ObjectMasks> &objects)
{
    core::Mask all(size);
    for (const ObjectMasks &masks : objects) {
        for (std::size_t i = 0; i < all.pixels.size(); ++i)
            all.pixels[i] |= masks.front().mask.pixels[i];
    }
    exporters::writePng(all, file);
}

void writeOverlayPng(const std::filesystem::path &file, core::Image image,
                     const std::vector<ObjectMasks> &objects)
{
    std::size_t color = 0;
    for (const ObjectMasks &masks : objects)
        exporters::drawOverlay(image, masks.front().mask,
                               overlayColors[color++ % overlayColors.size()]);
    exporters::writePng(image, file);
}

} // namespace cli
