// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cityscapes.h"

#include "export/formats/cityscapes/cityscapes_reader.h"
#include "export/formats/cityscapes/cityscapes_writer.h"

namespace exporters
{

bool Cityscapes::recognises(const std::filesystem::path &input) const
{
    std::error_code ignored;
    return std::filesystem::is_directory(input / "gtFine", ignored) ||
           std::filesystem::is_directory(input / "gtCoarse", ignored);
}

ReadResult Cityscapes::read(const std::filesystem::path &input, const ReadOptions &options,
                            std::stop_token stop, const Progress &progress) const
{
    return readCityscapes(input, options, std::move(stop), progress);
}

WriteSummary Cityscapes::write(AnnotationSource &source, const std::filesystem::path &target,
                               const WriteOptions &options, std::stop_token stop,
                               const Progress &progress) const
{
    return writeCityscapes(source, target, options, std::move(stop), progress);
}

} // namespace exporters
