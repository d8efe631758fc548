// SPDX-License-Identifier: Apache-2.0
#include "app/cli/everything_output.h"

#include "app/cli/json_values.h"

namespace cli
{

exporters::PictureResult cocoResult(const exporters::Picture &picture, core::Size size,
                                    const std::vector<core::GeneratedMask> &masks)
{
    exporters::PictureResult result{picture.name, {0, picture.name, size}, {}};
    for (const core::GeneratedMask &mask : masks) {
        core::Annotation annotation;
        annotation.categoryId = 1;
        annotation.mask = mask.mask;
        annotation.score = rounded(mask.predictedIou);
        annotation.foreign = Json{{"stability_score", rounded(mask.stabilityScore)}}.dump();
        result.annotations.push_back(std::move(annotation));
    }
    return result;
}

std::string sa1bText(const exporters::Picture &picture, core::Size size,
                     const std::vector<core::GeneratedMask> &masks)
{
    Json annotations = Json::array();
    for (const core::GeneratedMask &mask : masks) {
        annotations.push_back(
            {{"id", annotations.size() + 1},
             {"segmentation", toJson(mask.mask)},
             {"bbox", {mask.box.x0, mask.box.y0, mask.box.width(), mask.box.height()}},
             {"area", mask.area},
             {"predicted_iou", mask.predictedIou},
             {"stability_score", mask.stabilityScore},
             {"crop_box", {mask.crop.x, mask.crop.y, mask.crop.width, mask.crop.height}},
             {"point_coords", Json::array({{mask.point.x, mask.point.y}})}});
    }
    const Json content{{"image",
                        {{"image_id", picture.number},
                         {"width", size.width},
                         {"height", size.height},
                         {"file_name", picture.name}}},
                       {"annotations", std::move(annotations)}};
    // A file name may hold any bytes; JSON may not.
    return content.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace cli
