// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_run.h"

#include "core/error.h"

#include <algorithm>
#include <new>

namespace exporters
{
namespace
{

void fail(RunReport &report, const Picture &picture, const std::string &why)
{
    ++report.failed;
    if (report.failures.size() == RunReport::mostTold)
        return;
    // What the model says knows no names.
    const bool isNamed = why.find(picture.path.filename().string()) != std::string::npos;
    report.failures.push_back(isNamed ? why : picture.path.string() + ": " + why);
}

} // namespace

bool isNewer(const Picture &picture, std::filesystem::file_time_type time)
{
    std::error_code error; // whoever opens it is told
    const auto changed = std::filesystem::last_write_time(picture.path, error);
    return !error && changed > time;
}

std::vector<Picture> picturesOf(std::span<const Picture> pictures, const core::Shard &shard)
{
    std::vector<Picture> own;
    std::ranges::copy_if(pictures, std::back_inserter(own),
                         [&shard](const Picture &picture) { return shard.contains(picture.name); });
    return own;
}

RunReport runPictures(std::span<const Picture> pictures, const RunSteps &steps,
                      const std::stop_token &stop)
{
    RunReport report;
    std::size_t behind = 0;
    for (const Picture &picture : pictures) {
        if (stop.stop_requested()) {
            report.wasStopped = true;
            break;
        }
        try {
            const auto madeAt = steps.madeAt ? steps.madeAt(picture) : std::nullopt;
            const bool hasChanged = madeAt && isNewer(picture, *madeAt);
            if (madeAt && !hasChanged) {
                ++report.before;
            } else {
                steps.work(picture, stop);
                ++report.done;
            }
            if (hasChanged && ++report.changed == 1)
                report.changedPicture = picture.name;
        } catch (const core::Error &error) {
            if (error.kind() == core::ErrorKind::DiskFull)
                throw;
            if (error.kind() == core::ErrorKind::Cancelled) {
                report.wasStopped = true;
                break;
            }
            fail(report, picture, error.what());
        } catch (const std::bad_alloc &) {
            fail(report, picture, "There is not enough memory.");
        }
        if (steps.progress)
            steps.progress(++behind);
    }
    return report;
}

} // namespace exporters
