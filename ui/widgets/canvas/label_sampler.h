// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/view_transform.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace ui
{

/// The labels under the screen pixels of a part of the view: nearest ones, found by row and column.
/// Columns and rows count from the part's corner.
template <typename Label>
class LabelSampler
{
public:
    LabelSampler(const LabelViewOf<Label> &labels, const ViewTransform &transform,
                 const QRect &part)
        : m_labels(labels), m_transform(transform), m_part(part),
          m_columns(static_cast<std::size_t>(std::max(0, part.width()))), m_first(part.width())
    {
        const double ratio = transform.devicePixelRatio();
        for (int x = 0; x < part.width(); ++x) {
            const QPointF middle((part.x() + x + 0.5) / ratio, 0);
            const double column = std::floor(transform.toPicture(middle).x());
            if (column < labels.bounds.left() || column > labels.bounds.right())
                continue;
            m_columns[static_cast<std::size_t>(x)] =
                static_cast<int>(column) - labels.bounds.left();
            m_first = std::min(m_first, x);
            m_end = x + 1;
        }
        findStarts();
    }
    int first() const { return m_first; } ///< the columns that show labels
    int end() const { return m_end; }
    int column(int x) const { return m_columns[static_cast<std::size_t>(x)]; }
    /// Null: that screen row shows none.
    const Label *row(int y) const
    {
        const QPointF middle(0, (m_part.y() + y + 0.5) / m_transform.devicePixelRatio());
        const double row = std::floor(m_transform.toPicture(middle).y());
        if (row < m_labels.bounds.top() || row > m_labels.bounds.bottom())
            return nullptr;
        return m_labels.data +
               (static_cast<qsizetype>(row) - m_labels.bounds.top()) * m_labels.stride;
    }
    /// Puts `colors[label]` where it is not clear. `pixels`: a row of the part.
    void paintRow(int y, std::span<const QRgb> colors, QRgb *pixels) const
    {
        const Label *in = row(y);
        if (!in)
            return;
        for (int x = m_first; x < m_end;) {
            const Label label = in[column(x)];
            const int end = startOf(endOfRun(in, column(x)));
            if (colors[label] != 0)
                std::fill(pixels + x, pixels + end, colors[label]);
            x = end;
        }
    }

private:
    /// For every column of the labels, the first screen column that shows it or a later one.
    void findStarts()
    {
        if (m_first >= m_end)
            return;
        const int begin = column(m_first);
        m_starts.resize(static_cast<std::size_t>(column(m_end - 1) + 2 - begin));
        std::size_t next = 0;
        for (int x = m_first; x < m_end; ++x)
            while (next <= static_cast<std::size_t>(column(x) - begin))
                m_starts[next++] = x;
        m_starts[next] = m_end;
    }
    int startOf(int column) const
    {
        return m_starts[static_cast<std::size_t>(column - m_columns[std::size_t(m_first)])];
    }
    /// Where a run of equal labels ends, at most where the last column that is seen does. Masks
    /// are long runs: they are gone along a word at a time.
    int endOfRun(const Label *in, int column) const
    {
        constexpr int wordSize = sizeof(std::uint64_t) / sizeof(Label);
        std::uint64_t word, run;
        Label labels[wordSize];
        std::fill(labels, labels + wordSize, in[column]);
        std::memcpy(&run, labels, sizeof run);
        const int end = m_columns[static_cast<std::size_t>(m_end - 1)] + 1;
        int next = column + 1;
        for (; next + wordSize <= end; next += wordSize) {
            std::memcpy(&word, in + next, sizeof word);
            if (word != run)
                break;
        }
        while (next < end && in[next] == in[column])
            ++next;
        return next;
    }

    LabelViewOf<Label> m_labels;
    const ViewTransform &m_transform;
    QRect m_part;
    std::vector<int> m_columns;
    std::vector<int> m_starts;
    int m_first;
    int m_end = 0;
};

} // namespace ui
