// SPDX-License-Identifier: Apache-2.0
#include "export/operations/split.h"

#include "core/file/stable_hash.h"
#include "export/operations/image_groups.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace exporters
{
namespace
{

/// Images that go together.
struct Group {
    std::vector<std::size_t> images;
    std::map<core::Id, double> categories; ///< and how many of the images have it
    std::uint64_t rank = 0;                ///< among equals, from the seed
    std::string name;
    bool isDealt = false;
};

/// What a part still lacks.
struct Lack {
    double images = 0;
    std::map<core::Id, double> categories;
};

std::vector<Group> groupsOf(const core::Dataset &dataset, const SplitOptions &options)
{
    std::unordered_map<core::Id, std::set<core::Id>> categoriesOf;
    if (options.byCategory) {
        for (const core::Annotation &annotation : dataset.annotations)
            categoriesOf[annotation.imageId].insert(annotation.categoryId);
    }
    const std::vector<std::string> names = imageGroups(dataset.images, options.groups);
    std::map<std::string, Group> byName;
    for (std::size_t i = 0; i < dataset.images.size(); ++i) {
        Group &group = byName[names[i]];
        group.images.push_back(i);
        for (const core::Id category : categoriesOf[dataset.images[i].id])
            group.categories[category] += 1;
    }
    std::vector<Group> groups;
    for (auto &[name, group] : byName) {
        group.name = name;
        group.rank = core::stableHash(std::to_string(options.seed) + " " + name);
        groups.push_back(std::move(group));
    }
    return groups;
}

class Dealer
{
public:
    Dealer(std::vector<Group> groups, const SplitOptions &options, std::size_t images);
    std::vector<std::size_t> deal();

private:
    void dealCategory(core::Id category);
    void give(Group &group, core::Id category);
    double lackOf(std::size_t part, core::Id category) const;

    std::vector<Group> m_groups;
    const SplitOptions &m_options;
    std::vector<Lack> m_lacks;
    std::map<core::Id, double> m_left;                      ///< images not dealt yet, by category
    std::map<core::Id, std::vector<std::size_t>> m_members; ///< groups, by category
    std::vector<std::size_t> m_parts;                       ///< of the images
};

Dealer::Dealer(std::vector<Group> groups, const SplitOptions &options, std::size_t images)
    : m_groups(std::move(groups)), m_options(options), m_parts(images)
{
    // Large groups first, while there is room for them.
    std::ranges::sort(m_groups, [](const Group &a, const Group &b) {
        if (a.images.size() != b.images.size())
            return a.images.size() > b.images.size();
        return std::tie(a.rank, a.name) < std::tie(b.rank, b.name);
    });
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        for (const auto &[category, count] : m_groups[i].categories) {
            m_left[category] += count;
            m_members[category].push_back(i);
        }
    }
    for (const SplitPart &part : options.parts) {
        Lack &lack = m_lacks.emplace_back();
        lack.images = part.share * double(images);
        for (const auto &[category, count] : m_left)
            lack.categories[category] = part.share * count;
    }
}

constexpr core::Id noCategory = 0;

double Dealer::lackOf(std::size_t part, core::Id category) const
{
    const Lack &lack = m_lacks[part];
    return category == noCategory ? lack.images : lack.categories.at(category);
}

/// To the part that lacks most of the category; of equals the one that lacks most images, then the
/// one that the seed says. A part that is to have nothing gets nothing.
void Dealer::give(Group &group, core::Id category)
{
    constexpr double equal = 1e-9;
    std::size_t best = m_lacks.size();
    for (std::size_t i = 0; i < m_lacks.size(); ++i) {
        const std::size_t part = (i + group.rank) % m_lacks.size();
        if (m_options.parts[part].share <= 0)
            continue;
        if (best == m_lacks.size()) {
            best = part;
            continue;
        }
        const double more = lackOf(part, category) - lackOf(best, category);
        const double moreImages = m_lacks[part].images - m_lacks[best].images;
        if (more > equal || (more > -equal && moreImages > equal))
            best = part;
    }
    for (const std::size_t image : group.images)
        m_parts[image] = best;
    m_lacks[best].images -= double(group.images.size());
    for (const auto &[other, count] : group.categories) {
        m_lacks[best].categories[other] -= count;
        m_left[other] -= count;
    }
    group.isDealt = true;
}

void Dealer::dealCategory(core::Id category)
{
    for (const std::size_t member : m_members.at(category)) {
        if (!m_groups[member].isDealt)
            give(m_groups[member], category);
    }
}

std::vector<std::size_t> Dealer::deal()
{
    std::set<core::Id> open;
    for (const auto &[category, count] : m_left)
        open.insert(category);
    while (!open.empty()) {
        const auto rarest = std::ranges::min_element(
            open, {}, [this](core::Id category) { return m_left.at(category); });
        const core::Id category = *rarest;
        open.erase(rarest);
        dealCategory(category);
    }
    for (Group &group : m_groups) {
        if (!group.isDealt)
            give(group, noCategory);
    }
    return std::move(m_parts);
}

} // namespace

std::vector<std::size_t> splitImages(const core::Dataset &dataset, const SplitOptions &options)
{
    return Dealer(groupsOf(dataset, options), options, dataset.images.size()).deal();
}

} // namespace exporters
