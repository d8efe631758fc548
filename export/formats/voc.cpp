// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc.h"

#include "export/formats/voc/voc_reader.h"
#include "export/formats/voc/voc_writer.h"

#include <algorithm>
#include <fstream>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

/// Whether the first XML file of the folder, if there is one, has VOC's root.
bool holdsVocXml(const fs::path &folder)
{
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    int looks = 1000;
    for (; !error && entry != fs::directory_iterator() && looks-- > 0; entry.increment(error)) {
        std::error_code ignored;
        if (entry->path().extension() != ".xml" || !entry->is_regular_file(ignored))
            continue;
        std::ifstream stream(entry->path(), std::ios::binary);
        std::string head(1024, '\0');
        stream.read(head.data(), std::streamsize(head.size()));
        head.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
        return head.find("<annotation>") != head.npos || head.find("<annotation ") != head.npos;
    }
    return false;
}

} // namespace

bool Voc::recognises(const fs::path &input) const
{
    std::error_code ignored;
    return fs::is_directory(input / "SegmentationObject", ignored) ||
           fs::is_directory(input / "SegmentationClass", ignored) ||
           holdsVocXml(input / "Annotations");
}

ReadResult Voc::read(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                     const Progress &progress) const
{
    return readVoc(input, options, std::move(stop), progress);
}

WriteSummary Voc::write(AnnotationSource &source, const fs::path &target,
                        const WriteOptions &options, std::stop_token stop,
                        const Progress &progress) const
{
    return writeVoc(source, target, options, std::move(stop), progress);
}

} // namespace exporters
