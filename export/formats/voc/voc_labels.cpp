// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc/voc_labels.h"

#include "export/maps/index_png.h"
#include "export/text/colors.h"
#include "export/text/lines.h"

#include <algorithm>

namespace exporters
{
namespace
{

std::array<core::Color, 256> makePalette()
{
    std::array<core::Color, 256> palette{};
    for (std::uint32_t index = 0; index < palette.size(); ++index) {
        for (std::uint32_t bit = 0; bit < 8; ++bit) {
            const std::uint32_t channel = bit % 3; // red first
            const std::uint32_t set = index >> bit & 1;
            palette[index] |= set << (7 - bit / 3 + 8 * (2 - channel));
        }
    }
    return palette;
}

} // namespace

const std::array<core::Color, 256> &vocPalette()
{
    static const std::array<core::Color, 256> palette = makePalette();
    return palette;
}

std::unordered_map<std::uint32_t, std::uint32_t> valuesOfColors(std::span<const core::Color> colors)
{
    std::unordered_map<std::uint32_t, std::uint32_t> values;
    for (std::size_t i = 0; i < colors.size(); ++i)
        values.emplace(toValue(colors[i]), static_cast<std::uint32_t>(i));
    return values;
}

std::span<const std::string_view> vocClasses()
{
    static constexpr std::array<std::string_view, 20> classes{
        "aeroplane", "bicycle",     "bird",  "boat",        "bottle", "bus",      "car",
        "cat",       "chair",       "cow",   "diningtable", "dog",    "horse",    "motorbike",
        "person",    "pottedplant", "sheep", "sofa",        "train",  "tvmonitor"};
    return classes;
}

std::vector<core::Category> parseLabelMap(std::string_view text, std::vector<std::size_t> &broken)
{
    std::vector<core::Category> labels;
    std::size_t number = 0;
    for (std::string_view line : linesOf(text)) {
        ++number;
        if (line.empty())
            continue;
        const bool isMarked = line.starts_with('#');
        // From the right: a name may have a colon in it.
        std::array<std::string_view, 3> fields; // actions, parts, colour
        bool isWhole = true;
        for (std::string_view &field : fields) {
            const std::size_t colon = line.rfind(':');
            isWhole = isWhole && colon != line.npos;
            field = isWhole ? line.substr(colon + 1) : std::string_view();
            line = isWhole ? line.substr(0, colon) : line;
        }
        const std::optional<core::Color> color = parseColor(fields[2], ',');
        if (!isWhole || !(color || (!isMarked && !line.empty() && fields[2].empty()))) {
            if (!isMarked)
                broken.push_back(number);
            continue;
        }
        core::Category label;
        label.name = line;
        label.color =
            color.value_or(vocPalette()[std::min<std::size_t>(labels.size(), mostVocValues)]);
        labels.push_back(std::move(label));
    }
    return labels;
}

void VocCategories::add(const std::string &name, core::Color color)
{
    m_categories.push_back({core::Id(m_categories.size() + 1), name, "", color});
    m_byName.emplace(name, m_categories.back().id);
}

core::Id VocCategories::ofName(const std::string &name)
{
    const auto found = m_byName.find(name);
    if (found != m_byName.end())
        return found->second;
    add(name, vocPalette()[std::min(m_categories.size() + 1, mostVocValues)]);
    return m_categories.back().id;
}

core::Id VocCategories::ofIndex(std::uint32_t index)
{
    while (m_categories.size() < index) {
        const std::size_t next = m_categories.size() + 1;
        add("class " + std::to_string(next), vocPalette()[std::min(next, mostVocValues)]);
    }
    return core::Id(index);
}

std::string labelMapText(const std::vector<std::string> &names)
{
    std::string text = "# label:color_rgb:parts:actions\nbackground:0,0,0::\n";
    for (std::size_t i = 0; i < names.size(); ++i)
        text += onOneLine(names[i]) + ':' + colorText(vocPalette()[i + 1], ',') + "::\n";
    return text;
}

} // namespace exporters
