// SPDX-License-Identifier: Apache-2.0
#include "export/operations/statistics_report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr std::size_t mostSizes = 10; ///< told in the text

Json toJson(const PowerHistogram &histogram)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < histogram.counts().size(); ++i)
        list.push_back({{"from", PowerHistogram::from(i)}, {"count", histogram.counts()[i]}});
    return list;
}

std::vector<CategoryStatistics> mostFirst(std::vector<CategoryStatistics> categories)
{
    std::ranges::stable_sort(categories, std::greater(), &CategoryStatistics::annotations);
    return categories;
}

/// Columns of text, as wide as their widest cell; numbers stand on the right.
class Table
{
public:
    void row(std::string name, std::size_t number, std::string more = {})
    {
        m_rows.push_back({std::move(name), std::to_string(number), std::move(more)});
    }
    void print(std::ostream &out) const
    {
        std::size_t name = 0, number = 0;
        for (const Row &row : m_rows) {
            name = std::max(name, lengthOf(row.name));
            number = std::max(number, row.number.size());
        }
        for (const Row &row : m_rows) {
            out << "  " << row.name << std::string(name - lengthOf(row.name), ' ') << "  "
                << std::string(number - row.number.size(), ' ') << row.number;
            if (!row.more.empty())
                out << "  " << row.more;
            out << '\n';
        }
    }

private:
    struct Row {
        std::string name, number, more;
    };
    /// Characters, not bytes.
    static std::size_t lengthOf(const std::string &text)
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    std::vector<Row> m_rows;
};

void printHistogram(std::ostream &out, const char *title, const PowerHistogram &histogram)
{
    out << '\n' << title << '\n';
    Table table;
    for (std::size_t i = 0; i < histogram.counts().size(); ++i)
        table.row(std::to_string(PowerHistogram::from(i)) + " to " +
                      std::to_string(PowerHistogram::from(i + 1) - 1),
                  histogram.counts()[i]);
    table.print(out);
}

std::string counted(std::size_t count, const std::string &one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string sizeText(const std::pair<int, int> &size)
{
    return std::to_string(size.first) + " x " + std::to_string(size.second);
}

} // namespace

std::string reportText(const Statistics &s)
{
    std::ostringstream out;
    Table totals;
    totals.row("images", s.images);
    totals.row("images without annotations", s.unlabelledImages);
    totals.row("annotations", s.annotations);
    totals.row("crowds", s.crowds);
    totals.row("boxes without a mask", s.boxesAlone);
    totals.row("masks without a pixel", s.emptyMasks);
    totals.row("objects with holes", s.withHoles, counted(s.holes, "hole"));
    totals.row("objects of several parts", s.withParts, counted(s.parts, "part") + " in all");
    totals.row("small objects", s.small, "below 32 x 32 pixels, as COCO counts");
    totals.row("medium objects", s.medium, "below 96 x 96");
    totals.row("large objects", s.large);
    totals.row("categories", s.categories.size());
    totals.print(out);

    out << "\nAnnotations by category\n";
    Table categories;
    for (const CategoryStatistics &category : mostFirst(s.categories))
        categories.row(category.category.name, category.annotations,
                       "in " + counted(category.images, "image"));
    categories.print(out);
    printHistogram(out, "Objects by area, pixels", s.areas);
    printHistogram(out, "Objects by the longer side of their box, pixels", s.boxSides);

    out << "\nImages by the number of their annotations\n";
    Table counts;
    for (const auto &[count, images] : s.imagesWithCount)
        counts.row(std::to_string(count), images);
    counts.print(out);

    out << "\nImages by size\n";
    std::vector<std::pair<std::pair<int, int>, std::size_t>> sizes(s.imageSizes.begin(),
                                                                   s.imageSizes.end());
    std::ranges::stable_sort(sizes,
                             [](const auto &a, const auto &b) { return a.second > b.second; });
    Table table;
    for (std::size_t i = 0; i < std::min(sizes.size(), mostSizes); ++i)
        table.row(sizeText(sizes[i].first), sizes[i].second);
    table.print(out);
    if (sizes.size() > mostSizes)
        out << "  and " << sizes.size() - mostSizes << " more sizes\n";
    return out.str();
}

std::string reportJson(const Statistics &s)
{
    Json categories = Json::array();
    for (const CategoryStatistics &category : s.categories)
        categories.push_back({{"id", category.category.id},
                              {"name", category.category.name},
                              {"supercategory", category.category.supercategory},
                              {"annotations", category.annotations},
                              {"images", category.images},
                              {"crowds", category.crowds},
                              {"pixels", category.pixels}});
    Json perImage = Json::array();
    for (const auto &[count, images] : s.imagesWithCount)
        perImage.push_back({{"annotations", count}, {"images", images}});
    Json sizes = Json::array();
    for (const auto &[size, images] : s.imageSizes)
        sizes.push_back({{"width", size.first}, {"height", size.second}, {"images", images}});
    const Json report{{"images", s.images},
                      {"unlabelled_images", s.unlabelledImages},
                      {"annotations", s.annotations},
                      {"crowds", s.crowds},
                      {"boxes_alone", s.boxesAlone},
                      {"empty_masks", s.emptyMasks},
                      {"scored", s.scored},
                      {"with_holes", s.withHoles},
                      {"holes", s.holes},
                      {"with_several_parts", s.withParts},
                      {"parts", s.parts},
                      {"small", s.small},
                      {"medium", s.medium},
                      {"large", s.large},
                      {"categories", std::move(categories)},
                      {"areas", toJson(s.areas)},
                      {"box_sides", toJson(s.boxSides)},
                      {"annotations_per_image", std::move(perImage)},
                      {"image_sizes", std::move(sizes)}};
    // Names in a dataset may be anything; JSON has to be UTF-8.
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace exporters
