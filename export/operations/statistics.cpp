// SPDX-License-Identifier: Apache-2.0
#include "export/operations/statistics.h"

#include "core/error.h"
#include "core/mask/components.h"
#include "core/mask/rle_measure.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <unordered_map>

namespace exporters
{
namespace
{

constexpr std::int64_t smallBelow = 32 * 32;
constexpr std::int64_t mediumBelow = 96 * 96;

class Collector
{
public:
    explicit Collector(const std::vector<core::Category> &categories);
    void add(const core::ImageRecord &image, const std::vector<core::Annotation> &annotations);
    Statistics take() { return std::move(m_statistics); }

private:
    std::int64_t addShape(const core::Annotation &annotation);
    std::int64_t addMask(const core::Rle &mask);

    Statistics m_statistics;
    std::unordered_map<core::Id, std::size_t> m_places; ///< of the categories
};

Collector::Collector(const std::vector<core::Category> &categories)
{
    for (const core::Category &category : categories) {
        m_places.emplace(category.id, m_statistics.categories.size());
        m_statistics.categories.push_back({category});
    }
}

/// Returns the number of pixels.
std::int64_t Collector::addMask(const core::Rle &mask)
{
    const std::int64_t area = core::area(mask);
    if (area == 0) {
        ++m_statistics.emptyMasks;
        return 0;
    }
    const core::PixelRect box = core::boundingBox(mask);
    m_statistics.areas.add(area);
    m_statistics.boxSides.add(std::max(box.width, box.height));
    const std::size_t parts = core::findParts(mask).list.size();
    const std::size_t holes = core::findHoles(mask).list.size();
    m_statistics.parts += parts;
    m_statistics.withParts += parts > 1;
    m_statistics.holes += holes;
    m_statistics.withHoles += holes > 0;
    return area;
}

/// Returns the size by which it is small, medium or large.
std::int64_t Collector::addShape(const core::Annotation &annotation)
{
    if (annotation.hasMask())
        return addMask(annotation.mask);
    ++m_statistics.boxesAlone;
    if (!annotation.box)
        return 0;
    const double width = std::clamp(annotation.box->width(), 0.0, 1e9);
    const double height = std::clamp(annotation.box->height(), 0.0, 1e9);
    m_statistics.boxSides.add(std::llround(std::max(width, height)));
    return static_cast<std::int64_t>(width * height);
}

void Collector::add(const core::ImageRecord &image,
                    const std::vector<core::Annotation> &annotations)
{
    ++m_statistics.images;
    m_statistics.unlabelledImages += annotations.empty();
    ++m_statistics.imagesWithCount[annotations.size()];
    ++m_statistics.imageSizes[{image.size.width, image.size.height}];
    std::set<core::Id> met;
    for (const core::Annotation &annotation : annotations) {
        ++m_statistics.annotations;
        m_statistics.crowds += annotation.isCrowd;
        m_statistics.scored += annotation.score.has_value();
        const std::int64_t size = addShape(annotation);
        if (!annotation.isCrowd && size > 0)
            ++(size < smallBelow    ? m_statistics.small
               : size < mediumBelow ? m_statistics.medium
                                    : m_statistics.large);
        const auto place = m_places.find(annotation.categoryId);
        if (place == m_places.end())
            continue;
        CategoryStatistics &category = m_statistics.categories[place->second];
        ++category.annotations;
        category.crowds += annotation.isCrowd;
        category.pixels += annotation.hasMask() ? size : 0;
        category.images += met.insert(annotation.categoryId).second;
    }
}

} // namespace

void PowerHistogram::add(std::int64_t value)
{
    const auto width = std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(value, 1)));
    const auto index = static_cast<std::size_t>(width - 1);
    if (index >= m_counts.size())
        m_counts.resize(index + 1);
    ++m_counts[index];
}

Statistics measure(AnnotationSource &source, const std::stop_token &stop, const Progress &progress)
{
    Collector collector(source.categories());
    const std::vector<core::ImageRecord> images = source.images();
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Counting was stopped.");
        collector.add(images[i], source.annotations(images[i].id));
        if (progress)
            progress(double(i + 1) / double(images.size()));
    }
    return collector.take();
}

} // namespace exporters
