// SPDX-License-Identifier: Apache-2.0
#include "export/format_choices.h"

#include <algorithm>
#include <array>
#include <utility>

namespace exporters
{
namespace
{

constexpr FormatChoices outlinesInFolder{.parts = true, .simplify = true, .pictures = true};
constexpr FormatChoices oneObjectAPixel{.overlap = true, .pictures = true};
constexpr FormatChoices withPictures{.pictures = true};

constexpr std::array known{
    std::pair(std::string_view("cityscapes"), oneObjectAPixel),
    std::pair(std::string_view("coco"), FormatChoices{.segmentation = true, .simplify = true}),
    std::pair(std::string_view("coco-panoptic"), oneObjectAPixel),
    std::pair(std::string_view("coco-results"), FormatChoices{}),
    std::pair(std::string_view("cvat-xml"), FormatChoices{.extension = "xml"}),
    std::pair(std::string_view("dota"), withPictures),
    std::pair(std::string_view("labelme"),
              FormatChoices{.simplify = true, .maskShapes = true, .pictures = true}),
    std::pair(std::string_view("mask-png"), oneObjectAPixel),
    std::pair(std::string_view("mots"), oneObjectAPixel),
    std::pair(std::string_view("sa1b"), FormatChoices{}),
    std::pair(std::string_view("voc"), oneObjectAPixel),
    std::pair(std::string_view("yolo-det"), withPictures),
    std::pair(std::string_view("yolo-obb"), withPictures),
    std::pair(std::string_view("yolo-seg"), outlinesInFolder),
};

} // namespace

FormatChoices choicesOf(const Format &format)
{
    const auto found =
        std::ranges::find(known, format.name(), [](const auto &row) { return row.first; });
    return found != known.end() ? found->second : FormatChoices{true, true, true, true, true, true};
}

} // namespace exporters
