// SPDX-License-Identifier: Apache-2.0
#include "export/operations/conversion.h"

#include "export/operations/read_dataset.h"

namespace exporters
{

Progress stage(const Progress &whole, double first, double last)
{
    if (!whole)
        return {};
    return [whole, first, last](double share) { whole(first + share * (last - first)); };
}

Conversion convert(const std::filesystem::path &input, const std::filesystem::path &target,
                   const ConversionOptions &options, const std::stop_token &stop,
                   const Progress &progress)
{
    Conversion done;
    done.from = &formatOf(input, options.from);
    ReadResult read = done.from->read(input, options.read, stop, stage(progress, 0, 0.5));
    done.findings = std::move(read.findings);
    DatasetSource source(read.dataset);
    done.summary = options.to->write(source, target, options.write, stop, stage(progress, 0.5, 1));
    return done;
}

} // namespace exporters
