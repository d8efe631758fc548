// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace exporters
{

inline constexpr std::uint32_t motsClass = 1000;     ///< class * 1000 + number
inline constexpr std::uint32_t mostMotsClasses = 64; ///< what 16 bits hold
inline constexpr std::uint32_t motsIgnored = 10000;
inline constexpr const char *motsIgnoredName = "ignored";
/// Numbers count within a sequence, a folder of pictures; the tracks of the dataset go on from
/// sequence to sequence by so much.
inline constexpr core::Id motsSequence = 100000;

/// Gives the objects of one sequence their numbers, picture by picture.
class MotsNumbers
{
public:
    struct Number {
        std::uint32_t value = 0; ///< class * 1000 + number
        bool isShared = false;   ///< with an object of another picture that is another
        bool isRepeated = false; ///< with another of the same track in this picture
    };

    void beginPicture() { m_inPicture.clear(); }

    /// An object of the class (1 to mostMotsClasses) and track (0: not followed). Nothing: all
    /// numbers of the class are taken. A track keeps the number that it came with or is, 1 to 999,
    /// where that is free.
    std::optional<Number> add(std::uint32_t category, core::Id track);

private:
    std::optional<std::uint32_t> wanted(std::uint32_t category, core::Id track) const;
    std::optional<Number> addTrack(std::uint32_t category, core::Id track);
    std::optional<Number> addSingle(std::uint32_t category);

    std::map<std::pair<std::uint32_t, core::Id>, std::uint32_t> m_tracks; ///< values
    std::set<std::uint32_t> m_used;                                       ///< values
    std::set<std::uint32_t> m_singles; ///< values of objects that are not followed
    std::set<std::uint32_t> m_inPicture;
};

} // namespace exporters
