// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cityscapes/cityscapes_labels.h"

#include "export/formats/voc/voc_labels.h"
#include "export/text/colors.h"
#include "export/text/lines.h"

#include <algorithm>

namespace exporters
{
namespace
{

core::Color rgb(unsigned red, unsigned green, unsigned blue)
{
    return red << 16 | green << 8 | blue;
}

} // namespace

const std::vector<CityscapesLabel> &originalLabels()
{
    static const std::vector<CityscapesLabel> labels{
        {0, "unlabeled", rgb(0, 0, 0), false, "void"},
        {1, "ego vehicle", rgb(0, 0, 0), false, "void"},
        {2, "rectification border", rgb(0, 0, 0), false, "void"},
        {3, "out of roi", rgb(0, 0, 0), false, "void"},
        {4, "static", rgb(0, 0, 0), false, "void"},
        {5, "dynamic", rgb(111, 74, 0), false, "void"},
        {6, "ground", rgb(81, 0, 81), false, "void"},
        {7, "road", rgb(128, 64, 128), false, "flat"},
        {8, "sidewalk", rgb(244, 35, 232), false, "flat"},
        {9, "parking", rgb(250, 170, 160), false, "flat"},
        {10, "rail track", rgb(230, 150, 140), false, "flat"},
        {11, "building", rgb(70, 70, 70), false, "construction"},
        {12, "wall", rgb(102, 102, 156), false, "construction"},
        {13, "fence", rgb(190, 153, 153), false, "construction"},
        {14, "guard rail", rgb(180, 165, 180), false, "construction"},
        {15, "bridge", rgb(150, 100, 100), false, "construction"},
        {16, "tunnel", rgb(150, 120, 90), false, "construction"},
        {17, "pole", rgb(153, 153, 153), false, "object"},
        {18, "polegroup", rgb(153, 153, 153), false, "object"},
        {19, "traffic light", rgb(250, 170, 30), false, "object"},
        {20, "traffic sign", rgb(220, 220, 0), false, "object"},
        {21, "vegetation", rgb(107, 142, 35), false, "nature"},
        {22, "terrain", rgb(152, 251, 152), false, "nature"},
        {23, "sky", rgb(70, 130, 180), false, "sky"},
        {24, "person", rgb(220, 20, 60), true, "human"},
        {25, "rider", rgb(255, 0, 0), true, "human"},
        {26, "car", rgb(0, 0, 142), true, "vehicle"},
        {27, "truck", rgb(0, 0, 70), true, "vehicle"},
        {28, "bus", rgb(0, 60, 100), true, "vehicle"},
        {29, "caravan", rgb(0, 0, 90), true, "vehicle"},
        {30, "trailer", rgb(0, 0, 110), true, "vehicle"},
        {31, "train", rgb(0, 80, 100), true, "vehicle"},
        {32, "motorcycle", rgb(0, 0, 230), true, "vehicle"},
        {33, "bicycle", rgb(119, 11, 32), true, "vehicle"},
        {-1, "license plate", rgb(0, 0, 142), false, "vehicle"},
    };
    return labels;
}

const CityscapesLabel *originalLabel(std::string_view name)
{
    const auto &labels = originalLabels();
    const auto found = std::ranges::find(labels, name, &CityscapesLabel::name);
    return found == labels.end() ? nullptr : &*found;
}

std::vector<CityscapesLabel> parseLabelColors(std::string_view text)
{
    std::vector<CityscapesLabel> labels;
    for (const std::string_view line : linesOf(text)) {
        if (line.empty() || line.starts_with('#'))
            continue;
        CityscapesLabel label;
        label.id = static_cast<int>(labels.size());
        std::size_t colorEnd = 0; // after the third number
        for (int i = 0; i < 3 && colorEnd != line.npos; ++i)
            colorEnd = line.find(' ', i == 0 ? 0 : colorEnd + 1);
        const auto color =
            colorEnd == line.npos ? std::nullopt : parseColor(line.substr(0, colorEnd), ' ');
        label.name = color ? line.substr(colorEnd + 1) : line;
        label.color = color.value_or(vocPalette()[labels.size() % vocPalette().size()]);
        labels.push_back(std::move(label));
    }
    return labels;
}

std::string labelColorsText(std::span<const CityscapesLabel> labels)
{
    std::string text;
    for (const CityscapesLabel &label : labels)
        text += colorText(label.color, ' ') + ' ' + onOneLine(label.name) + '\n';
    return text;
}

} // namespace exporters
