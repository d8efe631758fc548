// SPDX-License-Identifier: Apache-2.0
// Times run lengths and prints a Markdown table: beside COCO's C functions when the path of a
// library with them is given, otherwise beside the memory's bandwidth.
//
//     bench_rle [LIBRARY [WIDTH HEIGHT]]
//
// Results are compared with the other's first, but for what it decodes. Both sides make their answer
// in memory of their own and give it back.
#include "cocoapi.h"
#include "race.h"
#include "sample_masks.h"

#include "core/mask/rle_iou.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

namespace
{

using core::SetOperation;

void require(bool equal, const char *what)
{
    if (equal)
        return;
    std::fprintf(stderr, "different result: %s\n", what);
    std::exit(1);
}

/// One sample of masks, as ours and as the library's. Where no library is given, what would call it
/// never runs.
class Bench
{
public:
    Bench(const CocoApi *coco, const RaceTable &table, Shape shape, core::Size size,
          std::size_t count)
        : m_coco(coco), m_table(table), m_size(size), m_isSmooth(shape == Shape::Smooth)
    {
        std::mt19937 random(2024);
        for (std::size_t i = 0; i < count; ++i)
            m_rles.push_back(sampleMask(shape, size, random));
        for (core::Rle &rle : m_rles) {
            m_theirs.push_back({height(), width(), rle.counts.size(), rle.counts.data()});
            m_strings.push_back(core::toString(rle));
            m_runBytes += double(rle.counts.size() * sizeof rle.counts[0]) / double(count);
        }
        // Pixels of more masks than a cache holds, but not of all.
        const std::size_t decoded = std::clamp<std::size_t>((96U << 20) / pixels(), 2, count);
        for (std::size_t i = 0; i < decoded; ++i) {
            m_masks.push_back(core::decode(m_rles[i]));
            m_columns.emplace_back(pixels());
            transpose(m_masks.back().pixels.data(), m_columns.back().data(), width(), height());
        }
        static constexpr const char *names[] = {"smooth", "ragged", "noise"};
        m_name = std::to_string(count) + " " + names[int(shape)] + ", " +
                 std::to_string(size.width) + " x " + std::to_string(size.height);
    }

    void run()
    {
        encoding();
        decoding();
        measures();
        merging("union of two", SetOperation::Union, 2);
        merging("intersection of two", SetOperation::Intersection, 2);
        merging("union of all", SetOperation::Union, m_rles.size());
        overlaps();
        strings();
    }

private:
    std::size_t width() const { return std::size_t(m_size.width); }
    std::size_t height() const { return std::size_t(m_size.height); }
    std::size_t pixels() const { return width() * height(); }

    /// Whether theirs is as ours; gives theirs back.
    bool equals(CocoApi::Rle theirs, const core::Rle &ours) const
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
            require(core::encode(m_masks[i]) == m_rles[i], "encode");
            require(!m_coco || equals(theirEncode(m_columns[i]), m_rles[i]), "encode");
        }
        const auto ours = [this] {
            for (const core::Mask &mask : m_masks)
                used += core::encode(mask).counts.size();
        };
        const auto theirs = [this] {
            for (const std::vector<std::uint8_t> &columns : m_columns) {
                CocoApi::Rle rle = theirEncode(columns);
                m_coco->free(&rle);
            }
        };
        const auto theirsWithRows = [this] {
            std::vector<std::uint8_t> columns(pixels());
            for (const core::Mask &mask : m_masks) {
                transpose(mask.pixels.data(), columns.data(), width(), height());
                CocoApi::Rle rle = theirEncode(columns);
                m_coco->free(&rle);
            }
        };
        m_table.row(m_name, "encode", m_masks.size(), double(pixels()), ours, theirs,
                    theirsWithRows);
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
                used += core::decode(m_rles[i]).pixels.back();
        };
        const auto theirs = [this](bool toRows) {
            for (std::size_t i = 0; i < m_masks.size(); ++i)
                theirDecode(i, toRows);
        };
        m_table.row(
            m_name, "decode", m_masks.size(), double(pixels()), ours, [&] { theirs(false); },
            [&] { theirs(true); });
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
            const core::PixelRect box = core::boundingBox(m_rles[i]);
            require(core::area(m_rles[i]) == areas[i], "area");
            require(std::equal(&boxes[4 * i], &boxes[4 * i] + 4,
                               std::vector<double>{double(box.x), double(box.y), double(box.width),
                                                   double(box.height)}
                                   .begin()),
                    "bounding box");
        }
        const auto ourArea = [this] {
            for (const core::Rle &rle : m_rles)
                used += std::size_t(core::area(rle));
        };
        const auto ourBox = [this] {
            for (const core::Rle &rle : m_rles)
                used += std::size_t(core::boundingBox(rle).width);
        };
        m_table.row(m_name, "area", count, m_runBytes, ourArea, theirArea);
        m_table.row(m_name, "bounding box", count, m_runBytes, ourBox, theirBox);
    }

    /// Every `group` neighbours become one.
    void merging(const char *work, SetOperation operation, std::size_t group) const
    {
        const std::size_t count = m_rles.size() / group;
        const auto our = [&](std::size_t i) {
            return core::merge(std::span(m_rles).subspan(i * group, group), operation);
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
        m_table.row(m_name, work, count, m_runBytes * double(group), ours, theirs);
    }

    void overlaps()
    {
        // All pairs of masks that are not smooth would take minutes.
        const std::size_t count = std::min<std::size_t>(m_rles.size(), m_isSmooth ? 1000 : 200);
        const std::span<const core::Rle> rles(m_rles.data(), count);
        std::vector<double> values(count * count);
        const auto theirs = [&] {
            m_coco->iou(m_theirs.data(), m_theirs.data(), count, count, nullptr, values.data());
            used += values.back() > 0.5;
        };
        if (m_coco) {
            theirs(); // theirs has the detections of a truth together; here both are the same
            require(core::iouMatrix(rles, rles) == values, "IoU");
        }
        m_table.row(
            m_name, "IoU matrix, a pair", count * count, 2 * m_runBytes / double(count),
            [=] { used += core::iouMatrix(rles, rles).back() > 0.5; }, theirs);
    }

    void strings()
    {
        const auto ourTo = [this] {
            for (const core::Rle &rle : m_rles)
                used += core::toString(rle).size();
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
                used += core::rleFromString(string, m_size).counts.size();
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
        m_table.row(m_name, "to string", m_rles.size(), m_runBytes, ourTo, theirTo);
        m_table.row(m_name, "from string", m_rles.size(), m_runBytes, ourFrom, theirFrom);
    }

    const CocoApi *m_coco;
    const RaceTable &m_table;
    core::Size m_size;
    bool m_isSmooth;
    std::string m_name;
    double m_runBytes = 0; ///< of a mask on average
    std::vector<core::Rle> m_rles;
    std::vector<CocoApi::Rle> m_theirs; ///< their counts are those of m_rles
    std::vector<std::string> m_strings;
    std::vector<core::Mask> m_masks;                  ///< of the first of m_rles
    std::vector<std::vector<std::uint8_t>> m_columns; ///< the same, column-major
};

} // namespace

int main(int argc, char **argv)
{
    std::optional<CocoApi> coco;
    if (argc > 1)
        coco.emplace(argv[1]);
    const RaceTable table(coco.has_value());
    std::vector<core::Size> sizes{{1, 1},     {17, 13},     {64, 64},
                                  {640, 480}, {1920, 1080}, {6000, 4000}};
    if (argc > 3)
        sizes = {{std::atoi(argv[2]), std::atoi(argv[3])}};
    for (const core::Size size : sizes) {
        for (const Shape shape : {Shape::Smooth, Shape::Ragged, Shape::Noise}) {
            // A thousand where their runs, and everybody's patience, allow it.
            const long long most = shape == Shape::Noise ? 16'000'000 : 2'400'000'000;
            const auto count = std::size_t(std::clamp<long long>(most / size.area(), 4, 1000));
            Bench(coco ? &*coco : nullptr, table, shape, size, count).run();
        }
    }
    return used == 0;
}
