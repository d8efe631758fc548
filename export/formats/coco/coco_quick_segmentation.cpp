// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_quick_segmentation.h"

#include "core/error.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_string.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace exporters
{
namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Goes over the text of a list; what it does not expect ends the attempt.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_text(text) {}

    bool take(char expected)
    {
        m_at = skipJsonSpace(m_text, m_at);
        if (m_at == m_text.size() || m_text[m_at] != expected)
            return false;
        ++m_at;
        return true;
    }
    bool atEnd() { return skipJsonSpace(m_text, m_at) == m_text.size(); }

    /// Up to 15 digits are exact in a double, as is the power of ten behind them, so that one
    /// division rounds as any other reader does.
    std::optional<double> number()
    {
        static constexpr std::array tens{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
        m_at = skipJsonSpace(m_text, m_at);
        const std::size_t begin = m_at;
        const bool isNegative = next() == '-';
        m_at += isNegative;
        const bool startsWithZero = next() == '0';
        std::uint64_t digits = 0; // may run over, and is not used then
        const std::size_t wholes = take(digits);
        if (wholes == 0 || (wholes > 1 && startsWithZero))
            return {};
        std::size_t fraction = 0;
        if (next() == '.') {
            ++m_at;
            fraction = take(digits);
            if (fraction == 0)
                return {};
        }
        if (next() == 'e' || next() == 'E')
            return takeExponent() ? longNumber(begin) : std::nullopt;
        if (wholes + fraction >= tens.size())
            return longNumber(begin);
        const double value = static_cast<double>(digits) / tens[fraction];
        return isNegative ? -value : value;
    }

private:
    char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    std::size_t take(std::uint64_t &digits)
    {
        const std::size_t begin = m_at;
        for (; isDigit(next()); ++m_at)
            digits = digits * 10 + static_cast<std::uint64_t>(m_text[m_at] - '0');
        return m_at - begin;
    }

    bool takeExponent()
    {
        ++m_at;
        m_at += next() == '+' || next() == '-';
        std::uint64_t ignored = 0;
        return take(ignored) > 0;
    }

    /// What stands between `begin` and here, which is a number by JSON's rules.
    std::optional<double> longNumber(std::size_t begin) const
    {
        double value = 0;
        const auto result = std::from_chars(m_text.data() + begin, m_text.data() + m_at, value);
        if (result.ec != std::errc())
            return {};
        return value;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

/// [1, 2.5, ...]
std::optional<std::vector<double>> numbers(Cursor &cursor)
{
    std::vector<double> all;
    if (!cursor.take('['))
        return {};
    do {
        const std::optional<double> number = cursor.number();
        if (!number)
            return {};
        all.push_back(*number);
    } while (cursor.take(','));
    if (!cursor.take(']'))
        return {};
    return all;
}

std::optional<core::Rle> quickPolygons(std::string_view text, core::Size imageSize)
{
    Cursor cursor(text);
    std::vector<std::vector<double>> polygons;
    if (!cursor.take('['))
        return {};
    do {
        std::optional<std::vector<double>> polygon = numbers(cursor);
        if (!polygon || polygon->size() < 6)
            return {};
        polygons.push_back(std::move(*polygon));
    } while (cursor.take(','));
    if (!cursor.take(']') || !cursor.atEnd())
        return {};
    return unionOfPolygons(polygons, imageSize);
}

/// The counts' text between its quotes; backslashes are the only characters of theirs that JSON
/// escapes.
std::optional<core::Rle> runsFromText(std::string_view quoted, core::Size imageSize)
{
    quoted = quoted.substr(1, quoted.size() - 2);
    if (quoted.find('\\') == quoted.npos)
        return core::rleFromString(quoted, imageSize);
    std::string plain;
    plain.reserve(quoted.size());
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && !quoted.substr(++i).starts_with('\\'))
            return {};
        plain += quoted[i];
    }
    return core::rleFromString(plain, imageSize);
}

std::optional<core::Rle> quickRuns(std::string_view text, core::Size imageSize)
{
    const std::vector<JsonMember> members = jsonMembers(text);
    if (members.size() != 2)
        return {};
    const auto counts = std::ranges::find(members, "counts", &JsonMember::key);
    const auto size = std::ranges::find(members, "size", &JsonMember::key);
    if (counts == members.end() || size == members.end() || !counts->value.starts_with('"'))
        return {};
    Cursor cursor(size->value);
    const std::optional<std::vector<double>> sides = numbers(cursor);
    if (!sides || !cursor.atEnd() || sides->size() != 2 || (*sides)[0] != imageSize.height ||
        (*sides)[1] != imageSize.width)
        return {};
    std::optional<core::Rle> runs = runsFromText(counts->value, imageSize);
    if (runs)
        *runs = core::withoutEmptyRuns(std::move(*runs));
    return runs;
}

} // namespace

std::optional<core::Rle> quickSegmentation(std::string_view text, core::Size imageSize)
{
    try {
        return text.starts_with('{') ? quickRuns(text, imageSize) : quickPolygons(text, imageSize);
    } catch (const core::Error &error) {
        if (error.kind() != core::ErrorKind::BadDataset)
            throw;
        return {}; // the other way has the sentence for it
    }
}

} // namespace exporters
