// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <string>
#include <vector>

namespace exporters
{

/// The images of a source that are in one part, with their annotations; all of its categories.
class PartSource : public AnnotationSource
{
public:
    /// `parts` says where each image of the source belongs. Both must outlive this. `name`: of the
    /// part, which images that were read from another one are of now.
    PartSource(AnnotationSource &source, const std::vector<std::size_t> &parts, std::size_t part,
               std::string name)
        : m_source(source), m_parts(parts), m_part(part), m_name(std::move(name))
    {
    }
    std::vector<core::Category> categories() override { return m_source.categories(); }
    std::vector<core::ImageRecord> images() override;
    std::vector<core::Annotation> annotations(core::Id imageId) override
    {
        return m_source.annotations(imageId);
    }
    core::ForeignKeys foreign() override { return m_source.foreign(); }

private:
    AnnotationSource &m_source;
    const std::vector<std::size_t> &m_parts;
    std::size_t m_part;
    std::string m_name;
};

/// Writes the parts of a dataset into the new folder `target`: as one dataset where the format
/// knows parts itself; else each on its own, as "train.json" or as a folder "train". Parts without
/// an image are left out. Appears whole or not at all; errors as Format::write.
WriteSummary writeParts(AnnotationSource &source, const std::vector<std::size_t> &parts,
                        const std::vector<std::string> &names, const Format &format,
                        const std::filesystem::path &target, WriteOptions options = {},
                        const std::stop_token &stop = {}, const Progress &progress = {});

} // namespace exporters
