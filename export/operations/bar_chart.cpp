// SPDX-License-Identifier: Apache-2.0
#include "export/operations/bar_chart.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace exporters
{
namespace
{

constexpr core::Color ink = 0x1f2933;
constexpr core::Color faintInk = 0x616e7c;
constexpr core::Color gridColor = 0xe4e7eb;
constexpr core::Color barColor = 0x2f6fb3;

constexpr double margin = 24;
constexpr double titleSize = 18;
constexpr double textSize = 12;
constexpr double valueSize = 11;
constexpr double headHeight = 84; ///< title and subtitle, with the space below
constexpr int width = 800;
constexpr std::size_t longestLabel = 32; ///< characters

std::size_t lengthOf(const std::string &text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

constexpr std::string_view narrowSpace = "\u202f";

/// About what most fonts need, or a little more.
double widthOf(const std::string &text, double size = textSize)
{
    std::size_t spaces = 0;
    for (std::size_t at = 0; (at = text.find(narrowSpace, at)) != std::string::npos; ++at)
        ++spaces;
    return (double(lengthOf(text) - spaces) * 0.6 + double(spaces) * 0.2) * size;
}

std::string shortened(const std::string &text)
{
    if (lengthOf(text) <= longestLabel)
        return text;
    std::size_t characters = 0, end = 0;
    for (; end < text.size(); ++end) {
        if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && ++characters == longestLabel)
            break;
    }
    return text.substr(0, end) + "\u2026";
}

/// 1234567 as 1 234 567, with narrow spaces.
std::string grouped(std::size_t value)
{
    const std::string digits = std::to_string(value);
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            result += narrowSpace;
        result += digits[i];
    }
    return result;
}

std::size_t largestOf(const std::vector<Bar> &bars)
{
    std::size_t largest = 1;
    for (const Bar &bar : bars)
        largest = std::max(largest, bar.value);
    return largest;
}

void addHead(Drawing &drawing, const BarChart &chart)
{
    drawing.title = chart.title;
    drawing.shapes.push_back(Drawing::Text{margin, margin + titleSize, chart.title, titleSize,
                                           Drawing::Anchor::Start, ink, true});
    drawing.shapes.push_back(Drawing::Text{margin, margin + titleSize + 20, chart.subtitle,
                                           textSize, Drawing::Anchor::Start, faintInk});
}

/// 1, 2 or 5 times a power of ten, so that about four steps reach `largest`.
std::size_t stepFor(std::size_t largest)
{
    const double wanted = double(largest) / 4;
    double power = 1;
    while (power * 10 <= wanted)
        power *= 10;
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (factor * power >= wanted)
            return static_cast<std::size_t>(factor * power);
    }
    return static_cast<std::size_t>(10 * power);
}

} // namespace

Drawing lyingBars(const BarChart &chart, std::size_t most)
{
    constexpr double line = 24, thickness = 16, gap = 10;
    const std::size_t shown = std::min(chart.bars.size(), most);
    const bool hasMore = shown < chart.bars.size();

    double labels = 0, values = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        labels = std::max(labels, widthOf(shortened(chart.bars[i].label)));
        values = std::max(values, widthOf(grouped(chart.bars[i].value)));
    }
    Drawing drawing;
    drawing.width = width;
    drawing.height =
        int(headHeight + line * double(std::max<std::size_t>(shown, 1) + hasMore) + margin);
    addHead(drawing, chart);
    const double left = margin + labels + gap;
    const double longest = width - margin - values - gap - left;
    const double scale = longest / double(largestOf(chart.bars));
    for (std::size_t i = 0; i < shown; ++i) {
        const Bar &bar = chart.bars[i];
        const double top = headHeight + line * double(i);
        const double baseline = top + thickness - 4;
        const double length = bar.value == 0 ? 0 : std::max(1.0, double(bar.value) * scale);
        drawing.shapes.push_back(Drawing::Text{left - gap, baseline, shortened(bar.label), textSize,
                                               Drawing::Anchor::End, ink});
        drawing.shapes.push_back(Drawing::Rectangle{left, top, length, thickness, barColor});
        drawing.shapes.push_back(Drawing::Text{left + length + 6, baseline, grouped(bar.value),
                                               textSize, Drawing::Anchor::Start, faintInk});
    }
    drawing.shapes.push_back(
        Drawing::Line{left, headHeight - 4, left, headHeight + line * double(shown) - 4, faintInk});
    if (hasMore)
        drawing.shapes.push_back(
            Drawing::Text{left, headHeight + line * double(shown) + thickness - 4,
                          "and " + grouped(chart.bars.size() - shown) + " more", textSize,
                          Drawing::Anchor::Start, faintInk});
    return drawing;
}

Drawing standingBars(const BarChart &chart)
{
    constexpr double plotHeight = 280, axisRoom = 40;
    Drawing drawing;
    drawing.width = width;
    drawing.height = int(headHeight + plotHeight + axisRoom + 8);
    addHead(drawing, chart);

    const std::size_t largest = largestOf(chart.bars);
    const std::size_t step = std::max<std::size_t>(1, stepFor(largest));
    const double left = margin + widthOf(grouped(largest)) + 10;
    const double right = width - margin;
    const double base = headHeight + plotHeight;
    const double scale = (plotHeight - 20) / double(largest); // room for a value on top
    for (std::size_t tick = 0; tick <= largest; tick += step) {
        const double y = base - double(tick) * scale;
        drawing.shapes.push_back(
            Drawing::Line{left, y, right, y, tick == 0 ? faintInk : gridColor});
        drawing.shapes.push_back(Drawing::Text{left - 8, y + 4, grouped(tick), textSize,
                                               Drawing::Anchor::End, faintInk});
    }
    const double slot = (right - left) / double(std::max<std::size_t>(chart.bars.size(), 1));
    double widestLabel = 1, widestValue = 1;
    for (const Bar &bar : chart.bars) {
        widestLabel = std::max(widestLabel, widthOf(bar.label) + 8);
        widestValue = std::max(widestValue, widthOf(grouped(bar.value), valueSize));
    }
    const auto every = std::max<std::size_t>(1, std::size_t(std::ceil(widestLabel / slot)));
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const Bar &bar = chart.bars[i];
        const double middle = left + slot * (double(i) + 0.5);
        const double thickness = std::min(slot * 0.8, 72.0);
        const double height = bar.value == 0 ? 0 : std::max(1.0, double(bar.value) * scale);
        drawing.shapes.push_back(
            Drawing::Rectangle{middle - thickness / 2, base - height, thickness, height, barColor});
        if (bar.value > 0 && widestValue <= slot)
            drawing.shapes.push_back(Drawing::Text{middle, base - height - 5, grouped(bar.value),
                                                   valueSize, Drawing::Anchor::Middle, faintInk});
        if (i % every == 0)
            drawing.shapes.push_back(Drawing::Text{middle, base + 18, bar.label, textSize,
                                                   Drawing::Anchor::Middle, ink});
    }
    return drawing;
}

} // namespace exporters
