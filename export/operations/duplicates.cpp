// SPDX-License-Identifier: Apache-2.0
#include "export/operations/duplicates.h"

#include "core/geometry/box_overlap.h"
#include "core/mask/rle_measure.h"

#include <algorithm>

namespace exporters
{
namespace
{

/// What is known of an annotation before its pixels are compared.
struct Outline {
    const core::Annotation *annotation;
    std::int64_t area;
    core::PixelRect box;
};

Outline outlineOf(const core::Annotation &annotation)
{
    if (!annotation.hasMask())
        return {&annotation, 0, {}};
    return {&annotation, core::area(annotation.mask), core::boundingBox(annotation.mask)};
}

bool meet(const core::PixelRect &a, const core::PixelRect &b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

bool areTheSame(const Outline &a, const Outline &b, double leastIou)
{
    const core::Annotation &first = *a.annotation;
    const core::Annotation &second = *b.annotation;
    if (first.categoryId != second.categoryId || first.isCrowd != second.isCrowd ||
        first.hasMask() != second.hasMask())
        return false;
    if (!first.hasMask())
        return first.box && second.box && core::iou(*first.box, *second.box) >= leastIou;
    if (first.mask.size != second.mask.size || !meet(a.box, b.box))
        return false;
    // The intersection is no larger than the smaller one, the union no smaller than the larger one.
    const auto [smaller, larger] = std::minmax(a.area, b.area);
    return double(smaller) >= leastIou * double(larger) &&
           core::iou(first.mask, second.mask) >= leastIou;
}

} // namespace

std::vector<bool> duplicatesOf(std::span<const core::Annotation> earlier,
                               std::span<const core::Annotation> later, double leastIou)
{
    std::vector<bool> result(later.size());
    if (earlier.empty())
        return result;
    std::vector<Outline> known;
    known.reserve(earlier.size());
    std::ranges::transform(earlier, std::back_inserter(known), outlineOf);
    for (std::size_t i = 0; i < later.size(); ++i) {
        const Outline outline = outlineOf(later[i]);
        result[i] = std::ranges::any_of(
            known, [&](const Outline &other) { return areTheSame(outline, other, leastIou); });
    }
    return result;
}

} // namespace exporters
