// SPDX-License-Identifier: Apache-2.0
#include "export/operations/read_dataset.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "export/formats.h"

#include <cerrno>

namespace exporters
{

const Format &formatOf(const std::filesystem::path &input, const Format *asked)
{
    std::error_code error;
    if (!std::filesystem::exists(input, error))
        throw core::readError(input, error ? error.value() : ENOENT);
    if (asked)
        return *asked;
    if (const Format *recognised = recogniseFormat(input))
        return *recognised;
    throw core::Error(core::ErrorKind::BadDataset,
                      "\"" + input.string() +
                          "\" is of no format that is known here; if it is one, name it.");
}

ReadResult readDataset(const std::filesystem::path &input, const Format *asked,
                       const ReadOptions &options, std::stop_token stop, const Progress &progress)
{
    return formatOf(input, asked).read(input, options, std::move(stop), progress);
}

} // namespace exporters
