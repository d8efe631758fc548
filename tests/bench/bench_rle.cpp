// SPDX-License-Identifier: Apache-2.0
// Times run lengths and prints a Markdown table: beside COCO's C functions when the path of a
// library with them is given, otherwise beside the memory's bandwidth.
//
//     bench_rle [LIBRARY [WIDTH HEIGHT]]
//
// Every result is compared with the other's first. Both sides make their answer in memory of its
// own and give it back. A figure is the best of several rounds over all masks of a sample, in which
// both sides take turns.
#include "cocoapi.h"
#include "sample_masks.h"

#include "core/mask/rle_iou.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>

namespace
{

using Work = std::function<void()>;

std::size_t used = 0; // so that no work can be left out as unused

void require(bool equal, const char *what)
{
    if (equal)
        return;
    std::fprintf(stderr, "different result: %s\n", what);
    std::exit(1);
}

double microseconds(const Work &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
        .count();
}

/// The best time of each, in microseconds.
std::vector<double> race(const std::vector<Work> &runners)
{
    std::vector<double> best(runners.size(), std::numeric_limits<double>::infinity());
    double total = 0;
    for (int round = 0; round < 2 || (round < 2000 && total < 150'000); ++round) {
        for (std::size_t i = 0; i < runners.size(); ++i) {
            const double time = microseconds(runners[i]);
            best[i] = std::min(best[i], time);
            total += time;
        }
    }
    return best;
}

/// Bytes a microsecond of one core that reads more than any cache holds.
double bandwidth()
{
    const std::vector<std::uint64_t> block(std::size_t{32} << 20, 1);
    const double time = race({[&] {
        for (const std::uint64_t word : block)
            used += word;
    }})[0];
    return double(block.size() * sizeof block[0]) / time;
}

/// In tiles, so that both sides stay in the cache.
void transpose(const std::uint8_t *from, std::uint8_t *to, std::size_t width, std::size_t height)
{
    constexpr std::size_t tile = 32;
    for (std::size_t top = 0; top < height; top += tile) {
        for (std::size_t left = 0; left < width; left += tile) {
            for (std::size_t x = left; x < std::min(left + tile, width); ++x) {
                for (std::size_t y = top; y < std::min(top + tile, height); ++y)
                    to[x * height + y] = from[y * width + x];
            }
        }
    }
}

/// One sample of masks, as ours and as the library's.
class Bench
{
public:
    Bench(const CocoApi *coco, std::string name, Shape shape, core::Size size, std::size_t count)
        : m_coco(coco), m_name(std::move(name)), m_size(size)
    {
        std::mt19937 random(2024);
        for (std::size_t i = 0; i < count; ++i)
            m_rles.push_back(sampleMask(shape, size, random));
        for (core::Rle &rle : m_rles) {
            m_theirs.push_back({std::size_t(size.height), std::size_t(size.width),
                                rle.counts.size(), rle.counts.data()});
            m_strings.push_back(core::toString(rle));
        }
        // Pixels of more masks than a cache holds, but not of all.
        const auto pixels = std::size_t(size.area());
        const std::size_t decoded = std::clamp<std::size_t>((96u << 20) / pixels, 2, count);
        for (std::size_t i = 0; i < decoded; ++i) {
            m_masks.push_back(core::decode(m_rles[i]));
            m_columns.emplace_back(pixels);
            transpose(m_masks.back().pixels.data(), m_columns.back().data(), width(), height());
        }
    }

    void run(double bytesPerMicrosecond)
    {
        m_bandwidth = bytesPerMicrosecond;
        encoding();
        decoding();
        areas();
        boxes();
        merging("union of two", core::SetOperation::Union, 2);
        merging("intersection of two", core::SetOperation::Intersection, 2);
        merging("union of all", core::SetOperation::Union, m_rles.size());
        overlaps();
        strings();
    }

private:
    std::size_t width() const { return std::size_t(m_size.width); }
    std::size_t height() const { return std::size_t(m_size.height); }
    std::size_t pixels() const { return width() * height(); }

    /// Bytes of the counts of a mask on average.
    double runBytes() const
    {
        std::size_t counts = 0;
        for (const core::Rle &rle : m_rles)
            counts += rle.counts.size();
        return double(counts * sizeof(std::uint32_t)) / double(m_rles.size());
    }

    /// `theirs` has what the library needs, and again from and to rows where that differs. `bytes`
    /// is what a unit of work has to read or write at least.
    void row(const char *work, std::size_t units, double bytes, Work ours,
             const std::function<std::vector<Work>()> &theirs)
    {
        std::vector<Work> runners{std::move(ours)};
        if (m_coco) {
            for (Work &their : theirs())
                runners.push_back(std::move(their));
        }
        const std::vector<double> times = race(runners);
        const double our = times[0] / double(units);
        std::printf("| %s | %s | %.3f |", m_name.c_str(), work, our);
        if (!m_coco)
            std::printf(" %.1f | %.0f %%", bytes / our / 1000, 100 * bytes / our / m_bandwidth);
        for (std::size_t i = 1; i < times.size(); ++i)
            std::printf(" %.3f | **%.1f** |", times[i] / double(units), times[i] / times[0]);
        std::printf("%s\n", !m_coco ? " |" : times.size() == 2 ? " | |" : "");
        std::fflush(stdout);
    }

    bool equals(const CocoApi::Rle &theirs, const core::Rle &ours) const
    {
        return std::equal(theirs.counts, theirs.counts + theirs.length, ours.counts.begin(),
                          ours.counts.end());
    }

    void encoding()
    {
        for (std::size_t i = 0; i < m_masks.size(); ++i)
            require(core::encode(m_masks[i]) == m_rles[i], "encode");
        row(
            "encode", m_masks.size(), double(pixels()),
            [this] {
                for (const core::Mask &mask : m_masks)
                    used += core::encode(mask).counts.size();
            },
            [this] {
                const auto encode = [this](const std::vector<std::uint8_t> &columns) {
                    CocoApi::Rle rle;
                    m_coco->encode(&rle, columns.data(), height(), width(), 1);
                    used += rle.length;
                    m_coco->free(&rle);
                };
                CocoApi::Rle rle;
                m_coco->encode(&rle, m_columns[0].data(), height(), width(), 1);
                require(equals(rle, m_rles[0]), "their encode");
                m_coco->free(&rle);
                return std::vector<Work>{[this, encode] {
                                             for (const auto &columns : m_columns)
                                                 encode(columns);
                                         },
                                         [this, encode] {
                                             std::vector<std::uint8_t> columns(pixels());
                                             for (const core::Mask &mask : m_masks) {
                                                 transpose(mask.pixels.data(), columns.data(),
                                                           width(), height());
                                                 encode(columns);
                                             }
                                         }};
            });
    }

    void decoding()
    {
        row(
            "decode", m_masks.size(), double(pixels()),
            [this] {
                for (std::size_t i = 0; i < m_masks.size(); ++i)
                    used += core::decode(m_rles[i]).pixels.back();
            },
            [this] {
                const auto decode = [this](std::size_t i, bool toRows) {
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
                };
                return std::vector<Work>{[this, decode] {
                                             for (std::size_t i = 0; i < m_masks.size(); ++i)
                                                 decode(i, false);
                                         },
                                         [this, decode] {
                                             for (std::size_t i = 0; i < m_masks.size(); ++i)
                                                 decode(i, true);
                                         }};
            });
    }

    void areas()
    {
        row(
            "area", m_rles.size(), runBytes(),
            [this] {
                for (const core::Rle &rle : m_rles)
                    used += std::size_t(core::area(rle));
            },
            [this] {
                std::vector<unsigned> areas(m_rles.size());
                m_coco->area(m_theirs.data(), areas.size(), areas.data());
                for (std::size_t i = 0; i < areas.size(); ++i)
                    require(core::area(m_rles[i]) == areas[i], "area");
                return std::vector<Work>{[this, areas]() mutable {
                    m_coco->area(m_theirs.data(), areas.size(), areas.data());
                    used += areas.back();
                }};
            });
    }

    void boxes()
    {
        row(
            "bounding box", m_rles.size(), runBytes(),
            [this] {
                for (const core::Rle &rle : m_rles)
                    used += std::size_t(core::boundingBox(rle).width);
            },
            [this] {
                std::vector<double> boxes(m_rles.size() * 4);
                m_coco->box(m_theirs.data(), boxes.data(), m_rles.size());
                for (std::size_t i = 0; i < m_rles.size(); ++i) {
                    const core::PixelRect box = core::boundingBox(m_rles[i]);
                    require(box.isEmpty() ||
                                (box.x == boxes[4 * i] && box.y == boxes[4 * i + 1] &&
                                 box.width == boxes[4 * i + 2] && box.height == boxes[4 * i + 3]),
                            "bounding box");
                }
                return std::vector<Work>{[this, boxes]() mutable {
                    m_coco->box(m_theirs.data(), boxes.data(), m_rles.size());
                    used += std::size_t(boxes.back());
                }};
            });
    }

    /// Every `group` neighbours become one.
    void merging(const char *work, core::SetOperation operation, std::size_t group)
    {
        const int intersect = operation == core::SetOperation::Intersection;
        const std::size_t count = m_rles.size() / group;
        const auto ours = [this, operation, group](std::size_t i) {
            return core::merge(std::span(m_rles).subspan(i * group, group), operation);
        };
        row(
            work, count, runBytes() * double(group),
            [ours, count] {
                for (std::size_t i = 0; i < count; ++i)
                    used += ours(i).counts.size();
            },
            [this, ours, intersect, group, count] {
                const auto theirs = [this, intersect, group](std::size_t i) {
                    CocoApi::Rle merged;
                    m_coco->merge(&m_theirs[i * group], &merged, group, intersect);
                    return merged;
                };
                for (std::size_t i = 0; i < count; ++i) {
                    CocoApi::Rle merged = theirs(i);
                    require(equals(merged, ours(i)), "merge");
                    m_coco->free(&merged);
                }
                return std::vector<Work>{[this, theirs, count] {
                    for (std::size_t i = 0; i < count; ++i) {
                        CocoApi::Rle merged = theirs(i);
                        used += merged.length;
                        m_coco->free(&merged);
                    }
                }};
            });
    }

    void overlaps()
    {
        const std::size_t count = std::min<std::size_t>(m_rles.size(), 400);
        const std::span<const core::Rle> rles(m_rles.data(), count);
        row(
            "IoU matrix, a pair", count * count, runBytes() / double(count),
            [rles] { used += core::iouMatrix(rles, rles).back() > 0.5; },
            [this, rles, count] {
                std::vector<double> values(count * count); // theirs has the detections in a column
                m_coco->iou(m_theirs.data(), m_theirs.data(), count, count, nullptr, values.data());
                require(core::iouMatrix(rles, rles) == values, "IoU"); // symmetric
                return std::vector<Work>{[this, values, count]() mutable {
                    m_coco->iou(m_theirs.data(), m_theirs.data(), count, count, nullptr,
                                values.data());
                    used += values.back() > 0.5;
                }};
            });
    }

    void strings()
    {
        row(
            "to string", m_rles.size(), runBytes(),
            [this] {
                for (const core::Rle &rle : m_rles)
                    used += core::toString(rle).size();
            },
            [this] {
                return std::vector<Work>{[this] {
                    for (const CocoApi::Rle &rle : m_theirs) {
                        char *string = m_coco->toString(&rle);
                        used += std::size_t(string[0]);
                        std::free(string);
                    }
                }};
            });
        row(
            "from string", m_rles.size(), runBytes(),
            [this] {
                for (const std::string &string : m_strings)
                    used += core::rleFromString(string, m_size).counts.size();
            },
            [this] {
                return std::vector<Work>{[this] {
                    for (std::string &string : m_strings) {
                        CocoApi::Rle rle;
                        m_coco->fromString(&rle, string.data(), height(), width());
                        used += rle.length;
                        m_coco->free(&rle);
                    }
                }};
            });
    }

    const CocoApi *m_coco;
    std::string m_name;
    core::Size m_size;
    double m_bandwidth = 0;
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
    const double bytes = bandwidth();
    std::printf("One core reads %.1f GB/s from memory. Times in microseconds for a mask.\n\n",
                bytes / 1000);
    std::printf(coco
                    ? "| masks | work | ours | cocoapi | times faster | cocoapi from and to rows | "
                      "times faster |\n|---|---|---|---|---|---|---|\n"
                    : "| masks | work | ours | GB/s | of the bandwidth |\n|---|---|---|---|---|\n");
    std::vector<core::Size> sizes{{1, 1},     {17, 13},     {64, 64},
                                  {640, 480}, {1920, 1080}, {6000, 4000}};
    if (argc > 3)
        sizes = {{std::atoi(argv[2]), std::atoi(argv[3])}};
    for (const core::Size size : sizes) {
        for (const auto &[shape, name] : {std::pair(Shape::Smooth, "smooth"),
                                          {Shape::Ragged, "ragged"},
                                          {Shape::Noise, "noise"}}) {
            // As many as asked for where their runs fit in memory.
            const std::size_t most = shape == Shape::Noise ? 16'000'000 : 4'000'000'000;
            const std::size_t count =
                std::clamp<std::size_t>(most / std::size_t(size.area()), 4, 1000);
            Bench(coco ? &*coco : nullptr,
                  std::to_string(count) + " " + name + ", " + std::to_string(size.width) + " x " +
                      std::to_string(size.height),
                  shape, size, count)
                .run(bytes);
        }
    }
    return used == 0;
}
