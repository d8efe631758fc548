// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/candidate_choice.h"

#include <QVariantMap>

#include <map>
#include <optional>
#include <string>

namespace ui
{

/// Which candidate was chosen by hand, by the category's name: whoever takes the whole of one
/// "bottle" wants the whole of the next, in this project and in others.
class CandidateMemory
{
public:
    std::optional<core::CandidateSize> find(const std::string &category) const;
    /// Nothing: what the model advises will do again. True when that was news.
    bool learn(const std::string &category, std::optional<core::CandidateSize> size);

    /// For the settings: name to "part", "middle" or "whole". Other words are passed over.
    QVariantMap toVariant() const;
    static CandidateMemory fromVariant(const QVariantMap &map);

private:
    std::map<std::string, core::CandidateSize> m_sizes;
};

} // namespace ui
