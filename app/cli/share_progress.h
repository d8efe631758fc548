// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/progress.h"

#include <functional>

namespace cli
{

/// Progress of a job that tells how far it is as a share, 0 to 1.
class ShareProgress
{
public:
    explicit ShareProgress(std::string what) : m_progress(std::move(what), steps) {}

    /// To be called while this lives.
    std::function<void(double)> callback()
    {
        return [this](double share) {
            const auto step = static_cast<std::size_t>(share * double(steps));
            if (step > m_step)
                m_progress.done(m_step = step < steps ? step : steps);
        };
    }
    void clear() { m_progress.clear(); }

private:
    static constexpr std::size_t steps = 1000;
    Progress m_progress;
    std::size_t m_step = 0;
};

} // namespace cli
