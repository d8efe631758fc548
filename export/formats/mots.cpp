// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots.h"

#include "export/formats/mots/mots_layout.h"
#include "export/formats/mots/mots_reader.h"
#include "export/formats/mots/mots_writer.h"

namespace exporters
{

bool Mots::recognises(const std::filesystem::path &input) const
{
    return looksLikeMots(input);
}

ReadResult Mots::read(const std::filesystem::path &input, const ReadOptions &options,
                      std::stop_token stop, const Progress &progress) const
{
    return readMots(input, options, std::move(stop), progress);
}

WriteSummary Mots::write(AnnotationSource &source, const std::filesystem::path &target,
                         const WriteOptions &options, std::stop_token stop,
                         const Progress &progress) const
{
    return writeMots(source, target, options, std::move(stop), progress);
}

} // namespace exporters
