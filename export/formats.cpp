// SPDX-License-Identifier: Apache-2.0
#include "export/formats.h"

#include "export/formats/coco.h"
#include "export/formats/coco_results.h"
#include "export/formats/sa1b.h"
#include "export/formats/sav.h"

#include <algorithm>

namespace exporters
{
namespace
{

std::vector<std::unique_ptr<const Format>> makeFormats()
{
    std::vector<std::unique_ptr<const Format>> all;
    all.push_back(std::make_unique<Coco>());
    all.push_back(std::make_unique<CocoResults>());
    all.push_back(std::make_unique<Sa1b>());
    all.push_back(std::make_unique<Sav>());
    return all;
}

template <typename Predicate>
const Format *findIf(Predicate predicate)
{
    const auto &all = allFormats();
    const auto found = std::ranges::find_if(all, [&](const auto &f) { return predicate(*f); });
    return found == all.end() ? nullptr : found->get();
}

} // namespace

const std::vector<std::unique_ptr<const Format>> &allFormats()
{
    static const std::vector<std::unique_ptr<const Format>> all = makeFormats();
    return all;
}

const Format *findFormat(std::string_view name)
{
    return findIf([&](const Format &format) { return format.name() == name; });
}

const Format *recogniseFormat(const std::filesystem::path &input)
{
    return findIf(
        [&](const Format &format) { return format.canRead() && format.recognises(input); });
}

} // namespace exporters
