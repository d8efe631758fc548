// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/candidate_memory.h"

#include <array>

namespace ui
{
namespace
{

struct Word {
    core::CandidateSize size;
    const char *word;
};
constexpr std::array words{
    Word{core::CandidateSize::Smallest, "part"},
    Word{core::CandidateSize::Middle, "middle"},
    Word{core::CandidateSize::Largest, "whole"},
};

} // namespace

std::optional<core::CandidateSize> CandidateMemory::find(const std::string &category) const
{
    const auto place = m_sizes.find(category);
    return place == m_sizes.end() ? std::nullopt : std::optional(place->second);
}

bool CandidateMemory::learn(const std::string &category, std::optional<core::CandidateSize> size)
{
    if (category.empty() || find(category) == size)
        return false;
    if (size)
        m_sizes[category] = *size;
    else
        m_sizes.erase(category);
    return true;
}

QVariantMap CandidateMemory::toVariant() const
{
    QVariantMap map;
    for (const auto &[category, size] : m_sizes) {
        for (const Word &word : words) {
            if (word.size == size)
                map[QString::fromStdString(category)] = QString::fromLatin1(word.word);
        }
    }
    return map;
}

CandidateMemory CandidateMemory::fromVariant(const QVariantMap &map)
{
    CandidateMemory memory;
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
        for (const Word &word : words) {
            if (entry.value().toString() == QLatin1String(word.word))
                memory.learn(entry.key().toStdString(), word.size);
        }
    }
    return memory;
}

} // namespace ui
