// SPDX-License-Identifier: Apache-2.0
// Times run lengths and prints a Markdown table: beside COCO's C functions when the path of a
// library with them is given, otherwise beside the memory's bandwidth.
//
//     bench_rle [LIBRARY [WIDTH HEIGHT]]
#include "core/bench/race.h"
#include "core/bench/rle_race.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <vector>

namespace
{

void print(const std::string &masks, const core::RleTiming &timing, double bandwidth)
{
    std::printf("| %s | %s | %.3f |", masks.c_str(), timing.work.c_str(), timing.ours);
    if (!timing.theirs)
        std::printf(" %.1f | %.0f %% |", timing.bytes / timing.ours / 1000,
                    100 * timing.bytes / timing.ours / bandwidth);
    for (const auto &theirs : {timing.theirs, timing.theirsAndTurned}) {
        if (theirs)
            std::printf(" %.3f | **%.2f** |", *theirs, *theirs / timing.ours);
    }
    std::printf(timing.theirs && !timing.theirsAndTurned ? " | |\n" : "\n");
    std::fflush(stdout);
}

void bench(int argc, char **argv)
{
    std::optional<core::CocoApi> coco;
    if (argc > 1)
        coco.emplace(argv[1]);
    std::vector<core::Size> sizes{{1, 1},     {17, 13},     {64, 64},
                                  {640, 480}, {1920, 1080}, {6000, 4000}};
    if (argc > 3)
        sizes = {{std::atoi(argv[2]), std::atoi(argv[3])}};

    const double bandwidth = core::readBandwidth();
    std::printf(
        "One core reads %.1f GB/s from memory. Times in microseconds.\n\n%s", bandwidth / 1000,
        coco ? "| masks | work | ours | cocoapi | times faster | cocoapi from and to rows "
               "| times faster |\n|---|---|---|---|---|---|---|\n"
             : "| masks | work | ours | GB/s | of the bandwidth |\n|---|---|---|---|---|\n");
    for (const core::Size size : sizes) {
        for (const auto kind :
             {core::MaskKind::Smooth, core::MaskKind::Ragged, core::MaskKind::Noise}) {
            // A thousand where their runs, and everybody's patience, allow it.
            const long long most = kind == core::MaskKind::Noise ? 16'000'000 : 2'400'000'000;
            core::RleRace race = core::sampleRace(
                kind, std::size_t(std::clamp<long long>(most / size.area(), 4, 1000)), size);
            race.pairs = kind == core::MaskKind::Smooth ? 1000 : 200;
            core::race(race, coco ? &*coco : nullptr,
                       [&](const core::RleTiming &timing) { print(race.name, timing, bandwidth); });
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    try {
        bench(argc, argv);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return core::used == 0;
}
