// SPDX-License-Identifier: Apache-2.0
#include "export/operations/split_writer.h"

#include "export/files/output_folder.h"
#include "export/operations/conversion.h"
#include "export/splits.h"

#include <algorithm>
#include <unordered_map>

namespace exporters
{
namespace
{

WriteSummary writeAsOne(AnnotationSource &source, const std::vector<std::size_t> &parts,
                        const std::vector<std::string> &names, const Format &format,
                        const std::filesystem::path &target, WriteOptions options,
                        const std::stop_token &stop, const Progress &progress)
{
    std::unordered_map<core::Id, std::size_t> partOf;
    const std::vector<core::ImageRecord> images = source.images();
    for (std::size_t i = 0; i < images.size(); ++i)
        partOf.emplace(images[i].id, parts[i]);
    options.split = [&](const core::ImageRecord &image) { return names[partOf.at(image.id)]; };
    return format.write(source, target, options, stop, progress);
}

void add(WriteSummary &all, const WriteSummary &part)
{
    all.images += part.images;
    all.annotations += part.annotations;
    for (const Loss &loss : part.losses)
        all.lose(loss.what, loss.count);
}

} // namespace

std::vector<core::ImageRecord> PartSource::images()
{
    std::vector<core::ImageRecord> all = m_source.images();
    std::vector<core::ImageRecord> own;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (m_parts[i] != m_part)
            continue;
        own.push_back(std::move(all[i]));
        if (!splitOf(own.back()).empty())
            setSplit(own.back(), m_name);
    }
    return own;
}

WriteSummary writeParts(AnnotationSource &source, const std::vector<std::size_t> &parts,
                        const std::vector<std::string> &names, const Format &format,
                        const std::filesystem::path &target, WriteOptions options,
                        const std::stop_token &stop, const Progress &progress)
{
    if (format.knowsSplits())
        return writeAsOne(source, parts, names, format, target, std::move(options), stop, progress);
    OutputFolder folder(target);
    WriteSummary summary;
    for (std::size_t part = 0; part < names.size(); ++part) {
        if (std::ranges::find(parts, part) == parts.end())
            continue;
        PartSource own(source, parts, part, names[part]);
        std::string name = names[part];
        if (format.layout() == Layout::File)
            name += format.extension();
        add(summary, format.write(own, folder.file(name), options, stop,
                                  stage(progress, double(part) / double(names.size()),
                                        double(part + 1) / double(names.size()))));
    }
    folder.commit();
    return summary;
}

} // namespace exporters
