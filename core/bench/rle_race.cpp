// SPDX-License-Identifier: Apache-2.0
#include "core/bench/rle_race.h"

#include "core/bench/race.h"
#include "core/error.h"
#include "core/mask/rle_columns.h"
#include "core/mask/rle_iou.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_string.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <string>

namespace core
{
namespace
{

void require(bool equal, const char *what)
{
    if (equal)
        return;
    throw Error(ErrorKind::ComputationFailed,
                std::string("A result is wrong or other than COCO's: ") + what + ".");
}

/// One sample of masks, as ours and as the library's. Where no library is given, what would call it
/// never runs.
class Contest
{
public:
    Contest(const RleRace &race, const CocoApi *coco,
            const std::function<void(const RleTiming &)> &tell)
        : m_race(race), m_coco(coco), m_tell(tell), m_rles(race.masks)
    {
        for (const Rle &rle : m_rles) {
            // COCO's functions only read the counts, though they do not take them as const.
            auto *counts = const_cast<std::uint32_t *>(rle.counts.data());
            m_theirs.push_back({height(), width(), rle.counts.size(), counts});
            m_strings.push_back(toString(rle));
            m_runBytes += double(rle.counts.size() * sizeof rle.counts[0]) / double(m_rles.size());
        }
        // Pixels of more masks than a cache holds, but not of all.
        const std::size_t decoded =
            std::min(m_rles.size(), std::max<std::size_t>((96U << 20) / pixels(), 2));
        for (std::size_t i = 0; i < decoded; ++i) {
            m_masks.push_back(decode(m_rles[i]));
            m_columns.emplace_back(pixels());
            transpose(m_masks.back().pixels.data(), m_columns.back().data(), width(), height());
        }
    }

    void run()
    {
        encoding();
        decoding();
        decodingColumns();
        measures();
        merging("union of two", SetOperation::Union, 2);
        merging("intersection of two", SetOperation::Intersection, 2);
        merging("union of all", SetOperation::Union, m_rles.size());
        overlaps();
        strings();
    }

private:
    Size size() const { return m_rles.front().size; }
    std::size_t width() const { return std::size_t(size().width); }
    std::size_t height() const { return std::size_t(size().height); }
    std::size_t pixels() const { return width() * height(); }

    /// `bytes` is what each of `units` has to read or write at least.
    void row(const char *work, std::size_t units, double bytes, const Work &ours,
             const Work &theirs, const Work &theirsAndTurned = {}) const
    {
        std::vector<Work> runners{ours};
        if (m_coco)
            runners.push_back(theirs);
        if (m_coco && theirsAndTurned)
            runners.push_back(theirsAndTurned);
        const std::vector<double> times = core::race(runners, m_race.seconds);
        RleTiming timing{work, bytes, times[0] / double(units), {}, {}};
        if (times.size() > 1)
            timing.theirs = times[1] / double(units);
        if (times.size() > 2)
            timing.theirsAndTurned = times[2] / double(units);
        m_tell(timing);
    }

    /// Whether theirs is as ours; gives theirs back.
    bool equals(CocoApi::Rle theirs, const Rle &ours) const
    {
        const bool same = std::equal(theirs.counts, theirs.counts + theirs.length,
                                     ours.counts.begin(), ours.counts.end());
        m_coco->free(&theirs);
        return same;
    }

    CocoApi::Rle theirEncode(const std::vector<std::uint8_t> &columns) const
    {
        CocoApi::Rle rle;
        m_coco->encode(&rle, columns.data(), height(), width(), 1);
        used += rle.length;
        return rle;
    }

    void encoding() const
    {
        for (std::size_t i = 0; i < m_masks.size(); ++i) {
            require(encode(m_masks[i]) == m_rles[i], "encode");
            require(!m_coco || equals(theirEncode(m_columns[i]), m_rles[i]), "encode");
        }
        const auto ours = [this] {
            for (const Mask &mask : m_masks)
                used += encode(mask).counts.size();
        };
        const auto theirs = [this] {
            for (const std::vector<std::uint8_t> &columns : m_columns) {
                CocoApi::Rle rle = theirEncode(columns);
                m_coco->free(&rle);
            }
        };
        const auto theirsWithRows = [this] {
            std::vector<std::uint8_t> columns(pixels());
            for (const Mask &mask : m_masks) {
                transpose(mask.pixels.data(), columns.data(), width(), height());
                CocoApi::Rle rle = theirEncode(columns);
                m_coco->free(&rle);
            }
        };
        row("encode", m_masks.size(), double(pixels()), ours, theirs, theirsWithRows);
    }

    void theirDecode(std::size_t i, bool toRows) const
    {
        auto *columns = static_cast<std::uint8_t *>(std::malloc(pixels()));
        m_coco->decode(&m_theirs[i], columns, 1);
        used += columns[pixels() - 1];
        if (toRows) {
            auto *rows = static_cast<std::uint8_t *>(std::malloc(pixels()));
            transpose(columns, rows, height(), width());
            used += rows[pixels() - 1];
            std::free(rows);
        }
        std::free(columns);
    }

    void decoding() const
    {
        const auto ours = [this] {
            for (std::size_t i = 0; i < m_masks.size(); ++i)
                used += decode(m_rles[i]).pixels.back();
        };
        const auto theirs = [this](bool toRows) {
            for (std::size_t i = 0; i < m_masks.size(); ++i)
                theirDecode(i, toRows);
        };
        row(
            "decode", m_masks.size(), double(pixels()), ours, [&] { theirs(false); },
            [&] { theirs(true); });
    }

    /// Into memory that is there already, which theirs always wants.
    void decodingColumns() const
    {
        std::vector<std::uint8_t> columns(pixels());
        const auto their = [&](std::size_t i) {
            m_coco->decode(&m_theirs[i], columns.data(), 1);
            used += columns.back();
        };
        for (std::size_t i = 0; i < m_masks.size(); ++i) {
            decodeColumns(m_rles[i], columns);
            require(columns == m_columns[i], "decode columns");
            if (!m_coco)
                continue;
            std::fill(columns.begin(), columns.end(), std::uint8_t{2});
            their(i);
            require(columns == m_columns[i], "decode columns");
        }
        const auto ours = [&] {
            for (std::size_t i = 0; i < m_masks.size(); ++i) {
                decodeColumns(m_rles[i], columns);
                used += columns.back();
            }
        };
        const auto theirs = [&] {
            for (std::size_t i = 0; i < m_masks.size(); ++i)
                their(i);
        };
        row("decode columns", m_masks.size(), double(pixels()), ours, theirs);
    }

    void measures() const
    {
        const std::size_t count = m_rles.size();
        std::vector<unsigned> areas(count);
        std::vector<double> boxes(4 * count);
        const auto theirArea = [&] {
            m_coco->area(m_theirs.data(), count, areas.data());
            used += areas.back();
        };
        const auto theirBox = [&] {
            m_coco->box(m_theirs.data(), boxes.data(), count);
            used += std::size_t(boxes.back());
        };
        if (m_coco) {
            theirArea();
            theirBox();
        }
        for (std::size_t i = 0; m_coco && i < count; ++i) {
            const PixelRect box = boundingBox(m_rles[i]);
            require(area(m_rles[i]) == areas[i], "area");
            require(std::equal(&boxes[4 * i], &boxes[4 * i] + 4,
                               std::vector<double>{double(box.x), double(box.y), double(box.width),
                                                   double(box.height)}
                                   .begin()),
                    "bounding box");
        }
        // Ours are kept as theirs are: to add them up would make each wait for the one before.
        std::vector<std::int64_t> ourAreas(count);
        std::vector<PixelRect> ourBoxes(count);
        const auto ourArea = [&] {
            std::transform(m_rles.begin(), m_rles.end(), ourAreas.begin(),
                           [](const Rle &rle) { return area(rle); });
            used += std::size_t(ourAreas.back());
        };
        const auto ourBox = [&] {
            std::transform(m_rles.begin(), m_rles.end(), ourBoxes.begin(), boundingBox);
            used += std::size_t(ourBoxes.back().width);
        };
        row("area", count, sizeof ourAreas[0], ourArea, theirArea); // ours is known
        row("bounding box", count, m_runBytes, ourBox, theirBox);
    }

    /// Every `group` neighbours become one.
    void merging(const char *work, SetOperation operation, std::size_t group) const
    {
        const std::size_t count = m_rles.size() / group;
        if (count == 0)
            return; // a mask alone has no neighbour
        const auto our = [&](std::size_t i) {
            return merge(std::span(m_rles).subspan(i * group, group), operation);
        };
        const auto their = [&](std::size_t i) {
            CocoApi::Rle merged;
            m_coco->merge(&m_theirs[i * group], &merged, group,
                          operation == SetOperation::Intersection);
            return merged;
        };
        for (std::size_t i = 0; m_coco && i < count; ++i)
            require(equals(their(i), our(i)), "merge");
        const auto ours = [&] {
            for (std::size_t i = 0; i < count; ++i)
                used += our(i).counts.size();
        };
        const auto theirs = [&] {
            for (std::size_t i = 0; i < count; ++i) {
                CocoApi::Rle merged = their(i);
                used += merged.length;
                m_coco->free(&merged);
            }
        };
        row(work, count, m_runBytes * double(group), ours, theirs);
    }

    void overlaps()
    {
        const std::size_t count = std::min(m_rles.size(), m_race.pairs);
        const std::span<const Rle> rles(m_rles.data(), count);
        std::vector<double> values(count * count);
        const auto theirs = [&] {
            m_coco->iou(m_theirs.data(), m_theirs.data(), count, count, nullptr, values.data());
            used += values.back() > 0.5;
        };
        if (m_coco) {
            theirs(); // theirs has the detections of a truth together; here both are the same
            require(iouMatrix(rles, rles) == values, "IoU");
        }
        row(
            "IoU matrix, a pair", count * count, 2 * m_runBytes / double(count),
            [=] { used += iouMatrix(rles, rles).back() > 0.5; }, theirs);
    }

    void strings()
    {
        const auto ourTo = [this] {
            for (const Rle &rle : m_rles)
                used += toString(rle).size();
        };
        const auto theirTo = [this] {
            for (const CocoApi::Rle &rle : m_theirs) {
                char *string = m_coco->toString(&rle);
                used += std::size_t(string[0]);
                std::free(string);
            }
        };
        const auto ourFrom = [this] {
            for (const std::string &string : m_strings)
                used += rleFromString(string, size()).counts.size();
        };
        const auto theirFrom = [this] {
            for (std::string &string : m_strings) {
                CocoApi::Rle rle;
                m_coco->fromString(&rle, string.data(), height(), width());
                used += rle.length;
                m_coco->free(&rle);
            }
        };
        for (std::size_t i = 0; m_coco && i < m_theirs.size(); ++i) {
            char *string = m_coco->toString(&m_theirs[i]);
            require(m_strings[i] == string, "to string");
            std::free(string);
        }
        row("to string", m_rles.size(), m_runBytes, ourTo, theirTo);
        row("from string", m_rles.size(), m_runBytes, ourFrom, theirFrom);
    }

    const RleRace &m_race;
    const CocoApi *m_coco;
    const std::function<void(const RleTiming &)> &m_tell;
    double m_runBytes = 0; ///< of a mask on average
    std::vector<Rle> m_rles;
    std::vector<CocoApi::Rle> m_theirs; ///< their counts are those of m_rles
    std::vector<std::string> m_strings;
    std::vector<Mask> m_masks;                        ///< of the first of m_rles
    std::vector<std::vector<std::uint8_t>> m_columns; ///< the same, column-major
};

} // namespace

RleRace sampleRace(MaskKind kind, std::size_t count, Size size)
{
    constexpr const char *kinds[] = {"smooth", "ragged", "noise"};
    RleRace race{std::to_string(count) + " " + kinds[int(kind)] + ", " +
                     std::to_string(size.width) + " x " + std::to_string(size.height),
                 {}};
    std::mt19937 random(2024);
    for (std::size_t i = 0; i < count; ++i)
        race.masks.push_back(sampleMask(kind, size, random));
    return race;
}

void race(const RleRace &race, const CocoApi *coco,
          const std::function<void(const RleTiming &)> &tell)
{
    Contest(race, coco, tell).run();
}

} // namespace core
