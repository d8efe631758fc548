// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/outline_parts.h"
#include "export/format.h"

#include <cstddef>

namespace exporters
{

/// Makes one outline of each object as the options ask for, and keeps account of what that costs.
///
///     ObjectOutlines outlines(options, summary);
///     for (each mask) use(outlines.ringOf(mask));
///     outlines.tell();
class ObjectOutlines
{
public:
    /// Both must outlive this.
    ObjectOutlines(const WriteOptions &options, WriteSummary &summary)
        : m_options(options), m_summary(summary)
    {
    }

    /// In the frame of rleFromPolygon(); empty for a mask without pixels. With parts bridged and
    /// nothing simplified it fills the very mask.
    core::Ring ringOf(const core::Rle &mask);

    /// Adds to the losses how many objects simplifying changed, and how much at worst.
    void tell();

private:
    const WriteOptions &m_options;
    WriteSummary &m_summary;
    std::size_t m_changed = 0;
    double m_lowestIou = 1;
};

} // namespace exporters
