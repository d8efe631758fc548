// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_string.h"

#include "core/error.h"

namespace core
{
namespace
{

constexpr int firstCharacter = 48;
constexpr int valueBits = 0x1f;
constexpr int signBit = 0x10;
constexpr int continues = 0x20;
// A difference of two counts has 33 bits with its sign: seven characters of five.
constexpr int longestNumber = 7;

[[noreturn]] void refuse(const std::string &why)
{
    throw Error(ErrorKind::BadDataset, "A mask's compressed run lengths are damaged: " + why + ".");
}

/// Reads one signed number and moves `position` behind it.
std::int64_t readNumber(std::string_view string, std::size_t &position)
{
    std::int64_t number = 0;
    for (int i = 0; i < longestNumber; ++i) {
        if (position == string.size())
            refuse("they break off in the middle of a number");
        const int code = static_cast<unsigned char>(string[position]) - firstCharacter;
        if (code < 0 || code > (valueBits | continues))
            refuse("character " + std::to_string(position + 1) + " is none of theirs");
        ++position;
        number |= static_cast<std::int64_t>(code & valueBits) << (5 * i);
        if ((code & continues) == 0) {
            if ((code & signBit) != 0)
                number -= std::int64_t{1} << (5 * (i + 1));
            return number;
        }
    }
    refuse("a number is too long");
}

} // namespace

std::string toString(const Rle &rle)
{
    std::string string;
    string.reserve(rle.counts.size() + rle.counts.size() / 2 + 8);
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        std::int64_t number = rle.counts[i];
        if (i > 2)
            number -= rle.counts[i - 2];
        bool more = true;
        while (more) {
            int code = static_cast<int>(number & valueBits);
            number >>= 5;
            more = number != ((code & signBit) != 0 ? -1 : 0);
            if (more)
                code |= continues;
            string.push_back(static_cast<char>(code + firstCharacter));
        }
    }
    return string;
}

Rle rleFromString(std::string_view string, Size size)
{
    validateMaskSize(size);
    const std::int64_t area = size.area();
    Rle rle{size, {}};
    std::int64_t sum = 0;
    for (std::size_t position = 0; position < string.size();) {
        std::int64_t count = readNumber(string, position);
        if (rle.counts.size() > 2)
            count += rle.counts[rle.counts.size() - 2];
        if (count < 0)
            refuse("a run is shorter than nothing");
        if (count > area - sum)
            refuse("they are more than the " + std::to_string(area) + " pixels of its size");
        sum += count;
        rle.counts.push_back(static_cast<std::uint32_t>(count));
    }
    if (sum != area)
        refuse("they are " + std::to_string(sum) + " pixels in all, but its size has " +
               std::to_string(area));
    return rle;
}

} // namespace core
