// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bench_runs.h"

#include "core/bench/race.h"
#include "core/error.h"
#include "core/mask/rle_merge.h"

#include "export/formats/coco/coco_reader.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <utility>

namespace cli
{

std::vector<core::RleRace> racesOfSamples(int masks)
{
    if (masks == 0)
        return {};
    const auto count = static_cast<std::size_t>(masks);
    return {core::sampleRace(core::MaskKind::Smooth, count),
            core::sampleRace(core::MaskKind::Ragged, count)};
}

std::vector<core::RleRace> racesOfFile(const std::filesystem::path &file, std::stop_token stop)
{
    exporters::ReadResult read = exporters::readCoco(file, stop);
    std::map<std::pair<int, int>, std::vector<core::Rle>> bySize;
    for (core::Annotation &annotation : read.dataset.annotations) {
        if (annotation.hasMask() && !annotation.mask.size.isEmpty()) // encoding makes no empty runs
            bySize[{annotation.mask.size.width, annotation.mask.size.height}].push_back(
                core::withoutEmptyRuns(std::move(annotation.mask)));
    }
    if (bySize.empty())
        throw core::Error(core::ErrorKind::BadDataset,
                          file.string() + " has no masks to time run lengths on.");
    const auto most =
        std::max_element(bySize.begin(), bySize.end(), [](const auto &a, const auto &b) {
            return a.second.size() < b.second.size();
        });
    core::RleRace race{fmt::format("{} of {}, {} x {}", most->second.size(),
                                   file.filename().string(), most->first.first, most->first.second),
                       std::move(most->second)};
    return {std::move(race)};
}

RunLengthReport timeRunLengths(std::vector<core::RleRace> races, double seconds,
                               const core::CocoApi *coco, std::stop_token stop)
{
    RunLengthReport report;
    if (races.empty())
        return report;
    report.bandwidth = core::readBandwidth();
    for (core::RleRace &race : races) {
        race.pairs = 200;
        constexpr double rows = 11;
        race.seconds = seconds / rows;
        core::race(race, coco, [&](const core::RleTiming &timing) {
            if (stop.stop_requested())
                throw core::Error(core::ErrorKind::Cancelled, "The benchmark was stopped.");
            report.rows.push_back({race.name, timing});
        });
    }
    return report;
}

void printTable(const RunLengthReport &report)
{
    if (report.rows.empty())
        return;
    const bool hasRival = report.rows[0].timing.theirs.has_value();
    std::cout << fmt::format("\nOne core reads {:.1f} GB/s from memory.\n\n",
                             report.bandwidth / 1000)
              << (hasRival ? "| masks | run lengths | µs | cocoapi µs | times faster | cocoapi "
                             "from and to rows µs | times faster |\n|---|---|---|---|---|---|---|\n"
                           : "| masks | run lengths | µs | GB/s | of the bandwidth |\n"
                             "|---|---|---|---|---|\n");
    for (const auto &[masks, timing] : report.rows) {
        std::cout << fmt::format("| {} | {} | {:.3f} |", masks, timing.work, timing.ours);
        if (!hasRival)
            std::cout << fmt::format(" {:.1f} | {:.0f} % |", timing.bytes / timing.ours / 1000,
                                     100 * timing.bytes / timing.ours / report.bandwidth);
        for (const auto &theirs : {timing.theirs, timing.theirsAndTurned}) {
            if (theirs)
                std::cout << fmt::format(" {:.3f} | {:.1f} |", *theirs, *theirs / timing.ours);
            else if (hasRival)
                std::cout << " | |";
        }
        std::cout << '\n';
    }
}

Json toJson(const RunLengthReport &report)
{
    Json rows = Json::array();
    for (const auto &[masks, timing] : report.rows) {
        Json row{{"masks", masks},
                 {"work", timing.work},
                 {"us", rounded(timing.ours)},
                 {"gb_per_second", rounded(timing.bytes / timing.ours / 1000)}};
        if (timing.theirs)
            row["cocoapi_us"] = rounded(*timing.theirs);
        if (timing.theirsAndTurned)
            row["cocoapi_from_and_to_rows_us"] = rounded(*timing.theirsAndTurned);
        rows.push_back(std::move(row));
    }
    return {{"memory_gb_per_second", rounded(report.bandwidth / 1000)}, {"rows", std::move(rows)}};
}

} // namespace cli
