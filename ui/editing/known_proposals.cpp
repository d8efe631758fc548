// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/known_proposals.h"

#include "core/error.h"
#include "core/geometry/box_overlap.h"
#include "core/mask/rle_measure.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ui
{
namespace
{

using project::ProposalRecord;

/// By what makes two proposals the same.
struct Hash {
    std::size_t operator()(const ProposalRecord *record) const
    {
        std::size_t hash = std::hash<std::string>()(record->category);
        const auto mix = [&hash](std::size_t value) { hash = hash * 0x9E3779B97F4A7C15U + value; };
        mix(std::hash<core::Id>()(record->imageId));
        for (const double side : {record->box.x0, record->box.y0, record->box.x1, record->box.y1})
            mix(std::hash<double>()(side));
        for (const std::uint32_t count : record->mask.counts)
            mix(count);
        return hash;
    }
};

struct Same {
    bool operator()(const ProposalRecord *a, const ProposalRecord *b) const
    {
        return a->imageId == b->imageId && a->category == b->category && a->box == b->box &&
               a->mask.counts == b->mask.counts;
    }
};

struct Object {
    const core::Rle *mask;
    core::Box box; ///< around it
    std::int64_t area;
};

class Objects
{
public:
    explicit Objects(const std::vector<project::AnnotationPointer> &annotations)
    {
        for (const project::AnnotationPointer &record : annotations)
            m_annotations[record->annotation.imageId].push_back(&record->annotation.mask);
    }

    bool has(const ProposalRecord &proposal)
    {
        const std::vector<Object> &objects = ofImage(proposal.imageId);
        if (!proposal.hasMask())
            return std::ranges::any_of(objects, [&](const Object &object) {
                return core::iou(proposal.box, object.box) >= sameObjectIou;
            });
        const auto area = double(core::area(proposal.mask));
        return std::ranges::any_of(objects, [&](const Object &object) {
            // The smaller area over the larger one is the most that the IoU can be.
            const auto other = double(object.area);
            return std::min(area, other) >= sameObjectIou * std::max(area, other) &&
                   object.mask->size == proposal.mask.size &&
                   core::iou(proposal.mask, *object.mask) >= sameObjectIou;
        });
    }

private:
    /// Measured when it is asked for: detections are in few of the pictures.
    const std::vector<Object> &ofImage(core::Id image)
    {
        const auto [place, isNew] = m_measured.try_emplace(image);
        const auto annotations = m_annotations.find(image);
        if (!isNew || annotations == m_annotations.end())
            return place->second;
        for (const core::Rle *mask : annotations->second) {
            const core::PixelRect rect = core::boundingBox(*mask);
            place->second.push_back({mask,
                                     {rect.x - 0.5, rect.y - 0.5, rect.x + rect.width - 0.5,
                                      rect.y + rect.height - 0.5},
                                     core::area(*mask)});
        }
        return place->second;
    }

    std::unordered_map<core::Id, std::vector<const core::Rle *>> m_annotations;
    std::unordered_map<core::Id, std::vector<Object>> m_measured;
};

} // namespace

KnownProposals dropKnown(std::vector<ProposalRecord> &records, const ProposalTable &waiting,
                         const std::vector<project::AnnotationPointer> &objects,
                         std::stop_token stop)
{
    std::unordered_set<const ProposalRecord *, Hash, Same> present(waiting.count());
    for (std::size_t rank = 0; rank < waiting.count(); ++rank)
        present.insert(waiting.at(rank).get());
    Objects drawn(objects);
    KnownProposals known;
    std::erase_if(records, [&](const ProposalRecord &record) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "The import was stopped.");
        if (present.contains(&record)) {
            ++known.waiting;
            return true;
        }
        const bool isObject = drawn.has(record);
        known.objects += isObject;
        return isObject;
    });
    return known;
}

} // namespace ui
