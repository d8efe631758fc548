// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_records.h"

#include "app/cli/dataset_options.h"

#include "core/error.h"
#include "export/operations/finished_run.h"

#include <spdlog/spdlog.h>

#include <set>

namespace cli
{

nlohmann::ordered_json modelRecord(const std::string &command, const core::SegmenterInfo &info)
{
    return {{"command", command},
            {"model", info.architecture + " " + info.weightsDigest},
            {"precision", info.precision}};
}

core::ForeignKeys placeRecord(const std::vector<std::string> &inputs,
                              const PictureRunOptions &options)
{
    nlohmann::ordered_json places = nlohmann::ordered_json::array();
    for (const std::string &input : inputs)
        places.push_back(std::filesystem::weakly_canonical(input).string());
    const nlohmann::ordered_json record{{"version", MASKWRIGHT_VERSION},
                                        {"inputs", std::move(places)},
                                        {"shard", options.shardText}};
    return record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

bool isComplete(const std::filesystem::path &target, const exporters::RunDescription &description,
                const std::vector<exporters::Picture> &pictures)
{
    const exporters::FinishedRun run(target, description);
    std::set<std::string> gone = run.pictures();
    std::error_code ignored;
    const auto madeAt = std::filesystem::last_write_time(target, ignored);
    std::size_t added = 0, changed = 0;
    for (const exporters::Picture &picture : pictures) {
        const bool isKnown = gone.erase(picture.name) > 0;
        added += !isKnown;
        changed += isKnown && isNewer(picture, madeAt);
    }
    if (added == pictures.size() && !gone.empty())
        throw core::Error(core::ErrorKind::FileUnwritable,
                          "\"" + target.string() +
                              "\" was made of other pictures. Choose another target, or leave "
                              "--resume out to make it anew.");
    if (added == 0 && changed == 0 && gone.empty()) {
        spdlog::info("\"{}\" is complete; there was nothing left to do.", target.string());
        return true;
    }
    if (added > 0)
        spdlog::info("{} not in \"{}\" yet.", counted(added, "picture"), target.string());
    if (!gone.empty())
        spdlog::warn("{} of \"{}\", such as \"{}\", not among the given ones any more; left out.",
                     counted(gone.size(), "picture"), target.string(), *gone.begin());
    return false;
}

} // namespace cli
