// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/findings.h"
#include "export/json/json_fields.h"
#include "export/json/json_source.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace exporters
{

/// One element of COCO's "annotations" as it was read.
struct CocoAnnotation {
    core::Annotation annotation; ///< id 0: the file has none that can be used
    bool isLeftOut = false;      ///< broken; the last finding says why
    std::vector<Finding> findings;
};

/// An entry that could be read, as the file has it.
struct CocoEntry {
    const JsonFields &fields;      ///< without the segmentation
    std::string_view segmentation; ///< its text; may be empty
    const core::Annotation &annotation;
};

/// Looks at entries that could be read and adds to their findings; called on several threads.
using CocoCheck = std::function<void(const CocoEntry &entry, std::vector<Finding> &findings)>;

/// "annotations[3] (id 7)": how findings call an element, `id` as the file writes it.
std::string cocoPlace(const char *list, std::size_t index, const nlohmann::json &element);

/// Reads the elements, on any number of threads at a time. Views what it is given, which must
/// outlive it.
class CocoAnnotationParser
{
public:
    CocoAnnotationParser(const std::filesystem::path &file,
                         const std::unordered_map<core::Id, core::Size> &imageSizes,
                         const std::unordered_set<core::Id> &categoryIds,
                         const CocoCheck &check = {})
        : m_file(file), m_imageSizes(imageSizes), m_categoryIds(categoryIds), m_check(check)
    {
    }

    CocoAnnotation parse(std::size_t index, const JsonPiece &element) const;

private:
    void readInto(CocoAnnotation &result, const nlohmann::json &fields, std::string_view text,
                  const JsonPiece &segmentation, const std::string &place) const;
    void readShape(CocoAnnotation &result, core::Size imageSize, const nlohmann::json &element,
                   const JsonPiece &segmentation, const std::string &place) const;
    void warn(CocoAnnotation &result, const char *rule, const std::string &place,
              const char *sentence) const;

    const std::filesystem::path &m_file;
    const std::unordered_map<core::Id, core::Size> &m_imageSizes;
    const std::unordered_set<core::Id> &m_categoryIds;
    CocoCheck m_check;
};

} // namespace exporters
