// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots/mots_numbers.h"

namespace exporters
{

std::optional<MotsNumbers::Number> MotsNumbers::add(std::uint32_t category, core::Id track)
{
    const auto number = track != 0 ? addTrack(category, track) : addSingle(category);
    if (number) {
        m_used.insert(number->value);
        m_inPicture.insert(number->value);
    }
    return number;
}

std::optional<std::uint32_t> MotsNumbers::wanted(std::uint32_t category, core::Id track) const
{
    const core::Id inSequence = track > 0 ? track % motsSequence : 0;
    core::Id value = 0;
    if (inSequence / motsClass == category)
        value = inSequence;
    else if (inSequence > 0 && inSequence < motsClass)
        value = core::Id(category) * motsClass + inSequence;
    if (value == 0 || value == motsIgnored || m_used.contains(std::uint32_t(value)))
        return {};
    return std::uint32_t(value);
}

std::optional<MotsNumbers::Number> MotsNumbers::addTrack(std::uint32_t category, core::Id track)
{
    const std::pair key(category, track);
    const auto known = m_tracks.find(key);
    if (known != m_tracks.end())
        return Number{known->second, false, m_inPicture.contains(known->second)};
    std::optional<std::uint32_t> value = wanted(category, track);
    for (std::uint32_t number = 1; !value && number < motsClass; ++number) {
        if (!m_used.contains(category * motsClass + number))
            value = category * motsClass + number;
    }
    if (!value)
        return {};
    m_tracks.emplace(key, *value);
    return Number{*value};
}

std::optional<MotsNumbers::Number> MotsNumbers::addSingle(std::uint32_t category)
{
    // From above, out of the way of tracks, which want their own.
    const std::uint32_t none = category * motsClass;
    for (std::uint32_t value = none + motsClass - 1; value > none; --value) {
        if (!m_used.contains(value)) {
            m_singles.insert(value);
            return Number{value};
        }
    }
    for (auto value = m_singles.lower_bound(none);
         value != m_singles.end() && *value < none + motsClass; ++value) {
        if (!m_inPicture.contains(*value))
            return Number{*value, true};
    }
    return {};
}

} // namespace exporters
