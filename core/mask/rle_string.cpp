// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_string.h"

#include "core/error.h"
#include "core/mask/run_scratch.h"

#include <algorithm>
#include <array>

namespace core
{
namespace
{

constexpr int firstCharacter = 48;
constexpr int valueWidth = 5;
constexpr int valueBits = 0x1f;
constexpr int signBit = 0x10;
constexpr int continues = 0x20;
// A difference of two counts has 33 bits with its sign: seven characters of five.
constexpr int longestNumber = 7;

[[noreturn]] void refuse(const std::string &why)
{
    throw Error(ErrorKind::BadDataset, "A mask's compressed run lengths are damaged: " + why + ".");
}

/// Outside the alphabet it is above 63.
unsigned codeOf(char character)
{
    return static_cast<unsigned>(static_cast<unsigned char>(character)) - firstCharacter;
}

/// Reads one signed number and moves `position` behind it.
std::int64_t readLongNumber(std::string_view string, std::size_t &position)
{
    std::int64_t number = 0;
    for (int bits = 0; bits < valueWidth * longestNumber;) {
        if (position == string.size())
            refuse("they break off in the middle of a number");
        const unsigned code = codeOf(string[position]);
        if (code > (valueBits | continues))
            refuse("character " + std::to_string(position + 1) + " is none of theirs");
        ++position;
        number |= static_cast<std::int64_t>(code & valueBits) << bits;
        bits += valueWidth;
        if ((code & continues) == 0) {
            if ((code & signBit) != 0)
                number -= std::int64_t{1} << bits;
            return number;
        }
    }
    refuse("a number is too long");
}

/// The same; most numbers have one or two characters.
std::int64_t readNumber(std::string_view string, std::size_t &position)
{
    const unsigned low = codeOf(string[position]);
    if (low < continues) {
        ++position;
        return static_cast<std::int64_t>(low ^ signBit) - signBit;
    }
    if (position + 1 < string.size()) {
        const unsigned high = codeOf(string[position + 1]);
        if (low <= (valueBits | continues) && high < continues) {
            position += 2;
            constexpr int sign = signBit << valueWidth;
            return static_cast<std::int64_t>(((low & valueBits) | high << valueWidth) ^ sign) -
                   sign;
        }
    }
    return readLongNumber(string, position);
}

} // namespace

std::string toString(const Rle &rle)
{
    constexpr std::size_t atOnce = 128; // counts
    std::array<char, atOnce * longestNumber> buffer;
    std::string string;
    const std::size_t size = rle.counts.size();
    for (std::size_t i = 0; i < size;) {
        char *end = buffer.data();
        for (const std::size_t stop = std::min(size, i + atOnce); i < stop; ++i) {
            std::int64_t number = rle.counts[i];
            if (i > 2)
                number -= rle.counts[i - 2];
            for (; number < -signBit || number >= signBit; number >>= valueWidth)
                *end++ = static_cast<char>((number & valueBits) + continues + firstCharacter);
            *end++ = static_cast<char>((number & valueBits) + firstCharacter);
        }
        const auto length = static_cast<std::size_t>(end - buffer.data());
        if (size <= atOnce)
            return {buffer.data(), length};
        string.append(buffer.data(), length);
    }
    return string;
}

Rle rleFromString(std::string_view string, Size size)
{
    validateMaskSize(size);
    const auto area = static_cast<std::uint64_t>(size.area());
    // A number has a character at least, so those of short strings need not be counted.
    std::size_t numbers = string.size();
    if (numbers > Scratch::nearbySize)
        numbers = static_cast<std::size_t>(std::count_if(
            string.begin(), string.end(), [](char c) { return !(codeOf(c) & continues); }));
    Scratch counts(numbers);
    std::uint32_t *const first = counts.data();
    std::uint32_t *next = first;
    std::uint64_t sum = 0;
    for (std::size_t position = 0; position < string.size();) {
        std::int64_t count = readNumber(string, position);
        if (next - first > 2)
            count += next[-2];
        if (count < 0)
            refuse("a run is shorter than nothing");
        sum += static_cast<std::uint64_t>(count);
        if (sum > area)
            refuse("they are more than the " + std::to_string(area) + " pixels of its size");
        *next++ = static_cast<std::uint32_t>(count);
    }
    if (sum != area)
        refuse("they are " + std::to_string(sum) + " pixels in all, but its size has " +
               std::to_string(area));
    return {size, {first, next}};
}

} // namespace core
