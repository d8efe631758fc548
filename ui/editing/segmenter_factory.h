// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/memory_relief.h"

#include <functional>
#include <memory>
#include <type_traits>

namespace ui
{

/// Makes the model. Runs on the inference thread; may take seconds and may throw core::Error. It is
/// asked again, with limits, when memory ran out; a factory without an argument makes the same
/// model then.
class SegmenterFactory
{
public:
    template <typename Make>
    requires std::is_invocable_v<Make> || std::is_invocable_v<Make, const core::ComputeLimits &>
    SegmenterFactory(Make make)
    {
        if constexpr (std::is_invocable_v<Make, const core::ComputeLimits &>)
            m_make = std::move(make);
        else
            m_make = [make = std::move(make)](const core::ComputeLimits &) { return make(); };
    }

    std::unique_ptr<core::Segmenter> operator()(const core::ComputeLimits &limits) const
    {
        return m_make(limits);
    }

private:
    std::function<std::unique_ptr<core::Segmenter>(const core::ComputeLimits &)> m_make;
};

} // namespace ui
