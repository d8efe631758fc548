// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mask_png.h"

#include "export/formats/mask_png/mask_png_reader.h"
#include "export/formats/mask_png/mask_png_writer.h"
#include "export/json/json_glimpse.h"

namespace exporters
{

bool MaskPng::recognises(const std::filesystem::path &input) const
{
    return glimpseJson(input / "classes.json").hasList("classes");
}

ReadResult MaskPng::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    return readMaskPng(input, options, std::move(stop), progress);
}

WriteSummary MaskPng::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, std::stop_token stop,
                            const Progress &progress) const
{
    return writeMaskPng(source, target, options, std::move(stop), progress);
}

} // namespace exporters
