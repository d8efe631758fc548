// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_folder.h"

#include "core/file/file_error.h"
#include "core/image/natural_order.h"

#include <algorithm>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

bool isJson(const fs::directory_entry &entry)
{
    std::error_code ignored;
    return entry.path().extension() == ".json" && entry.is_regular_file(ignored);
}

} // namespace

std::vector<fs::path> jsonFiles(const fs::path &input)
{
    std::error_code error;
    if (!fs::is_directory(input, error))
        return {input};
    std::vector<fs::path> files;
    fs::directory_iterator at(input, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        if (isJson(*at))
            files.push_back(at->path());
    }
    if (error)
        throw core::readError(input, error.value());
    std::ranges::sort(files, [](const fs::path &a, const fs::path &b) {
        return core::naturalLess(a.filename().native(), b.filename().native());
    });
    return files;
}

void readJsonFiles(const fs::path &input, std::stop_token stop, const Progress &progress,
                   const std::function<void(const fs::path &)> &read,
                   const std::function<void(const fs::path &, const core::Error &)> &leaveOut)
{
    const std::vector<fs::path> files = jsonFiles(input);
    std::size_t done = 0, broken = 0;
    for (const fs::path &file : files) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
        try {
            read(file);
        } catch (const core::Error &error) {
            if (files.size() == 1 || error.kind() == core::ErrorKind::Cancelled)
                throw;
            leaveOut(file, error);
            ++broken;
        }
        if (progress)
            progress(double(++done) / double(files.size()));
    }
    if (broken == files.size())
        throw core::Error(core::ErrorKind::BadDataset,
                          input.string() + " has no file in it that could be read.");
}

fs::path someJsonFile(const fs::path &input)
{
    std::error_code error;
    if (!fs::is_directory(input, error))
        return input;
    fs::directory_iterator at(input, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        if (isJson(*at))
            return at->path();
    }
    return {};
}

} // namespace exporters
