// SPDX-License-Identifier: Apache-2.0
#include "export/format.h"

#include "core/error.h"

#include <algorithm>

namespace exporters
{

void WriteSummary::lose(std::string_view what, std::size_t count)
{
    const auto known = std::ranges::find(losses, what, &Loss::what);
    if (known != losses.end())
        known->count += count;
    else
        losses.push_back({std::string(what), count});
}

ReadResult Format::read(const std::filesystem::path &, const ReadOptions &, std::stop_token,
                        const Progress &) const
{
    throw core::Error(core::ErrorKind::BadDataset,
                      "The format " + std::string(title()) + " is only written, not read.");
}

WriteSummary Format::write(AnnotationSource &, const std::filesystem::path &, const WriteOptions &,
                           std::stop_token, const Progress &) const
{
    throw core::Error(core::ErrorKind::BadDataset,
                      "The format " + std::string(title()) + " is only read, not written.");
}

} // namespace exporters
