// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/annotation_source.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace exporters
{

/// A source whose pictures all lie in one folder by their names. Those whose name leads out of it
/// ("../other/a.jpg", which a folder of a dataset cannot hold) get the name of their file, and a
/// number where a picture has that name already, with this ending or another: "a.jpg", "a_2.jpg".
/// `source` must outlive this.
class InsideNames : public AnnotationSource
{
public:
    explicit InsideNames(AnnotationSource &source) : m_source(source) {}

    std::vector<core::Category> categories() override { return m_source.categories(); }
    std::vector<core::ImageRecord> images() override;
    std::vector<core::Annotation> annotations(core::Id imageId) override
    {
        return m_source.annotations(imageId);
    }
    core::ForeignKeys foreign() override { return m_source.foreign(); }

    /// How many got another name; after images().
    std::size_t renamed() const { return m_before.size(); }
    /// Where the picture is by its own name, which leads out; after images().
    std::string nameBefore(const core::ImageRecord &image) const;

private:
    AnnotationSource &m_source;
    std::unordered_map<core::Id, std::string> m_before; ///< of those that got another name
};

} // namespace exporters
