// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat/cvat_runs.h"

#include "core/error.h"
#include "core/mask/place.h"
#include "export/outlines/row_runs.h"

#include <algorithm>
#include <charconv>

namespace exporters
{
namespace
{

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, "A mask " + why + ".");
}

/// Takes the next number of "2, 3, 4" off the text's front; false at its end.
bool takeNumber(std::string_view &text, std::uint64_t &number)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (text.empty())
        return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        refuse("has something else than numbers as its run lengths");
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (text.empty())
        return true;
    if (text.front() != ',')
        refuse("has something else than numbers as its run lengths");
    text.remove_prefix(1);
    return true;
}

} // namespace

core::Rle fromCvatRuns(std::string_view text, const core::PixelRect &block, core::Size size)
{
    if (block.isEmpty() || block.width > size.width || block.height > size.height)
        refuse("has a block of " + std::to_string(block.width) + " x " +
               std::to_string(block.height) + " pixels, but its image has " +
               std::to_string(size.width) + " x " + std::to_string(size.height));
    RowRuns rows({block.width, block.height});
    std::uint64_t length = 0;
    for (bool isOn = false; takeNumber(text, length); isOn = !isOn) {
        if (length > rows.left())
            refuse("has run lengths beyond its block of " + std::to_string(block.width) + " x " +
                   std::to_string(block.height) + " pixels");
        rows.add(length, isOn);
    }
    return core::place(rows.finish(), block.x, block.y, size);
}

std::string toCvatRuns(const core::Mask &block)
{
    std::string text;
    std::uint64_t length = 0;
    std::uint8_t current = 0;
    const auto end = [&] {
        text += (text.empty() ? "" : ", ") + std::to_string(length);
        length = 0;
    };
    for (const std::uint8_t pixel : block.pixels) { // the rows follow on each other
        if (pixel != current) {
            end();
            current = pixel;
        }
        ++length;
    }
    end();
    return text;
}

} // namespace exporters
