// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/json_values.h"

#include "core/bench/rle_race.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace cli
{

struct RunLengthReport {
    struct Row {
        std::string masks;
        core::RleTiming timing;
    };
    double bandwidth = 0; ///< bytes a microsecond that one core reads from memory
    std::vector<Row> rows;
};

/// So many made-up masks of each kind, 0 for none.
std::vector<core::RleRace> racesOfSamples(int masks);

/// The masks of a COCO file that are of its commonest size. Throws what exporters::readCoco()
/// throws, and Error(BadDataset) where there is none.
std::vector<core::RleRace> racesOfFile(const std::filesystem::path &file, std::stop_token stop);

/// In about so many seconds a race. `coco` may be null. Throws what core::race() throws, and
/// Error(Cancelled) between rows.
RunLengthReport timeRunLengths(std::vector<core::RleRace> races, double seconds,
                               const core::CocoApi *coco, std::stop_token stop);

/// Prints nothing where nothing was timed.
void printTable(const RunLengthReport &report);

Json toJson(const RunLengthReport &report);

} // namespace cli
