// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bench_runs.h"

#include "core/bench/race.h"
#include "core/error.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>

namespace cli
{

RunLengthReport timeRunLengths(int masks, double seconds, const core::CocoApi *coco,
                               std::stop_token stop)
{
    RunLengthReport report;
    if (masks == 0)
        return report;
    report.bandwidth = core::readBandwidth();
    for (const core::MaskKind kind : {core::MaskKind::Smooth, core::MaskKind::Ragged}) {
        core::RleRace race{kind};
        race.count = std::size_t(masks);
        race.pairs = std::min<std::size_t>(race.count, 200);
        constexpr double rows = 11;
        race.seconds = seconds / rows;
        core::race(race, coco, [&](const core::RleTiming &timing) {
            if (stop.stop_requested())
                throw core::Error(core::ErrorKind::Cancelled, "The benchmark was stopped.");
            report.rows.push_back({race.name(), timing});
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
