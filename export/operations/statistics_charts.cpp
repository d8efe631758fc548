// SPDX-License-Identifier: Apache-2.0
#include "export/operations/statistics_charts.h"

#include "core/file/atomic_file.h"
#include "core/file/file_error.h"
#include "export/operations/bar_chart.h"

#include <algorithm>

namespace exporters
{
namespace
{

/// 4096 as 4k, 1048576 as 1M: powers of two, which histograms are made of.
std::string shortNumber(std::int64_t value)
{
    constexpr std::int64_t kilo = 1024;
    if (value >= kilo * kilo * kilo)
        return std::to_string(value / (kilo * kilo * kilo)) + "G";
    if (value >= kilo * kilo)
        return std::to_string(value / (kilo * kilo)) + "M";
    if (value >= kilo)
        return std::to_string(value / kilo) + "k";
    return std::to_string(value);
}

/// From the first class that has something to the last one.
std::vector<Bar> barsOf(const PowerHistogram &histogram)
{
    const std::vector<std::size_t> &counts = histogram.counts();
    std::size_t first = 0;
    while (first < counts.size() && counts[first] == 0)
        ++first;
    std::vector<Bar> bars;
    for (std::size_t i = first; i < counts.size(); ++i)
        bars.push_back({i == 0 ? "<\u202f2" : "\u2265\u202f" + shortNumber(PowerHistogram::from(i)),
                        counts[i]});
    return bars;
}

std::vector<Bar> categoryBars(const Statistics &statistics)
{
    std::vector<Bar> bars;
    for (const CategoryStatistics &category : statistics.categories)
        bars.push_back({category.category.name, category.annotations});
    std::ranges::stable_sort(bars, std::greater(), &Bar::value);
    return bars;
}

/// One by one up to ten; what is more lies in classes that double: 11 to 21, 22 to 43, ...
std::vector<Bar> perImageBars(const Statistics &statistics)
{
    constexpr std::size_t single = 10;
    std::vector<Bar> bars;
    std::size_t from = 0; // the class that is being filled, and where the next one begins
    std::size_t next = 0;
    for (const auto &[count, images] : statistics.imagesWithCount) {
        while (count >= next) {
            from = next;
            next = from <= single ? from + 1 : from * 2;
            std::string label = std::to_string(from);
            if (next - from > 1)
                label += "\u2013" + std::to_string(next - 1);
            bars.push_back({std::move(label), 0});
        }
        bars.back().value += images;
    }
    return bars;
}

std::vector<Bar> sizeBars(const Statistics &statistics)
{
    std::vector<Bar> bars;
    for (const auto &[size, images] : statistics.imageSizes)
        bars.push_back(
            {std::to_string(size.first) + " \u00d7 " + std::to_string(size.second), images});
    std::ranges::stable_sort(bars, std::greater(), &Bar::value);
    return bars;
}

std::string countText(std::size_t count, const char *one, const char *many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

std::vector<NamedDrawing> statisticsCharts(const Statistics &s)
{
    const std::string annotations = countText(s.annotations, "annotation", "annotations");
    const std::string images = countText(s.images, "image", "images");
    return {
        {"categories",
         lyingBars({"Annotations by category", annotations + " in " + images, categoryBars(s)})},
        {"areas",
         standingBars({"Objects by area", "Pixels of the mask, classes that double; k = 1024",
                       barsOf(s.areas)})},
        {"boxes",
         standingBars({"Objects by size",
                       "Pixels of the longer side of the box, classes that double; k = 1024",
                       barsOf(s.boxSides)})},
        {"annotations-per-image",
         standingBars({"Annotations per image", images + ", by how many annotations they have",
                       perImageBars(s)})},
        {"image-sizes",
         lyingBars({"Images by size", images + ", width \u00d7 height in pixels", sizeBars(s)},
                   20)},
    };
}

void writeCharts(const std::vector<NamedDrawing> &charts, const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw core::writeError(folder, error.value());
    for (const NamedDrawing &chart : charts) {
        core::AtomicFile svg(folder / (chart.name + ".svg"));
        svg.write(toSvg(chart.drawing));
        svg.commit();
        writePng(chart.drawing, folder / (chart.name + ".png"));
    }
}

} // namespace exporters
