// SPDX-License-Identifier: Apache-2.0
#include "core/image/natural_order.h"

#include <algorithm>

namespace core
{
namespace
{

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Cuts the run of digits at the front of `text`, without leading zeros.
std::string_view takeNumber(std::string_view &text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    std::string_view digits = text.substr(0, std::size_t(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

} // namespace

bool naturalLess(std::string_view a, std::string_view b)
{
    std::string_view restA = a, restB = b;
    while (!restA.empty() && !restB.empty()) {
        if (isDigit(restA[0]) && isDigit(restB[0])) {
            const std::string_view x = takeNumber(restA), y = takeNumber(restB);
            if (x != y)
                return x.size() != y.size() ? x.size() < y.size() : x < y;
            continue;
        }
        const auto x = static_cast<unsigned char>(lower(restA[0]));
        const auto y = static_cast<unsigned char>(lower(restB[0]));
        if (x != y)
            return x < y;
        restA.remove_prefix(1);
        restB.remove_prefix(1);
    }
    if (restA.empty() != restB.empty())
        return restA.empty();
    return a < b;
}

std::string naturalKey(std::string_view name)
{
    std::string key;
    key.reserve(name.size() + 8);
    while (!name.empty()) {
        if (!isDigit(name[0])) {
            key += lower(name[0]);
            name.remove_prefix(1);
            continue;
        }
        // Against letters a number compares as a digit, against numbers by its length first.
        const std::string_view digits = takeNumber(name);
        key += '0';
        key += char(digits.size() >> 8 & 0xff);
        key += char(digits.size() & 0xff);
        key += digits;
    }
    return key;
}

} // namespace core
