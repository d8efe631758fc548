// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots/mots_text.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_string.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace exporters
{
namespace
{

struct Fields {
    std::array<std::int64_t, 5> numbers{}; ///< frame, id, class, height, width
    std::string_view mask;
};

std::optional<Fields> split(std::string_view line)
{
    Fields fields;
    for (std::int64_t &number : fields.numbers) {
        const std::size_t end = line.find(' ');
        if (end == line.npos)
            return {};
        const auto [stop, error] = std::from_chars(line.data(), line.data() + end, number);
        if (error != std::errc() || stop != line.data() + end || number < 0)
            return {};
        line.remove_prefix(end + 1);
    }
    fields.mask = line;
    return fields;
}

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, "it " + why);
}

} // namespace

bool isMotsLine(std::string_view line)
{
    return split(line).has_value();
}

MotsLine parseMotsLine(std::string_view line)
{
    const std::optional<Fields> fields = split(line);
    if (!fields)
        refuse("is not \"frame id class height width mask\" and was left out.");
    const auto [frame, id, category, height, width] = fields->numbers;
    if (id > 65535 || category > 65535)
        refuse("has an id or a class above 65535 and was left out.");
    if (height < 1 || width < 1 || height > core::maxImageSide || width > core::maxImageSide ||
        height * width > core::maxMaskPixels)
        refuse("has the impossible size " + std::to_string(width) + " x " + std::to_string(height) +
               " and was left out.");
    const core::Size size{int(width), int(height)};
    try {
        return {frame, std::uint32_t(id), std::uint32_t(category),
                core::withoutEmptyRuns(core::rleFromString(fields->mask, size))};
    } catch (const core::Error &problem) {
        refuse(std::string("has a damaged mask and was left out: ") + problem.what());
    }
}

std::string toText(const MotsLine &line)
{
    std::string text;
    for (const std::int64_t number :
         {line.frame, std::int64_t(line.value), std::int64_t(line.category),
          std::int64_t(line.mask.size.height), std::int64_t(line.mask.size.width)})
        text += std::to_string(number) + ' ';
    return text + core::toString(line.mask) + '\n';
}

} // namespace exporters
