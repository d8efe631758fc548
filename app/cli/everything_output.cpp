// SPDX-License-Identifier: Apache-2.0
#include "app/cli/everything_output.h"

#include "app/cli/json_values.h"

#include "export/formats/sa1b.h"

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

void writeSa1b(const std::filesystem::path &file, const exporters::Picture &picture,
               core::Size size, const std::vector<core::GeneratedMask> &masks)
{
    const core::ImageRecord image{core::Id(picture.number), picture.name, size};
    std::vector<core::Annotation> annotations;
    for (const core::GeneratedMask &mask : masks) {
        core::Annotation annotation;
        annotation.id = core::Id(annotations.size()) + 1;
        annotation.mask = mask.mask;
        annotation.score = mask.predictedIou;
        annotation.foreign =
            Json{{"stability_score", mask.stabilityScore},
                 {"crop_box", {mask.crop.x, mask.crop.y, mask.crop.width, mask.crop.height}},
                 {"point_coords", Json::array({{mask.point.x, mask.point.y}})}}
                .dump();
        annotations.push_back(std::move(annotation));
    }
    exporters::writeSa1bFile(file, image, annotations);
}

} // namespace cli
