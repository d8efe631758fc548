// SPDX-License-Identifier: Apache-2.0
#include "export/validation/dataset_checks.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "export/files/image_path.h"

#include <string_view>
#include <unordered_set>

namespace exporters
{
namespace
{

/// "image id 3".
std::string placeOf(const char *kind, core::Id id)
{
    return kind + (" id " + std::to_string(id));
}

class DatasetChecks
{
public:
    DatasetChecks(std::string file, Findings &findings)
        : m_file(std::move(file)), m_findings(findings)
    {
    }

    void checkImages(const std::vector<core::ImageRecord> &images)
    {
        std::unordered_set<std::string_view> seen;
        for (const core::ImageRecord &image : images) {
            const std::string place = placeOf("image", image.id);
            if (leadsOut(image.fileName))
                warn("name-leads-out", place,
                     "is called \"" + image.fileName +
                         "\"; names must lie in the image folder, relative to it.");
            if (!seen.insert(image.fileName).second)
                warn("name-twice", place,
                     "is called \"" + image.fileName + "\", as another image is.");
        }
    }

    void checkCategories(const std::vector<core::Category> &categories)
    {
        std::unordered_set<std::string_view> seen;
        for (const core::Category &category : categories) {
            const std::string place = placeOf("category", category.id);
            if (category.name.empty())
                warn("category-name-empty", place, "has no name.");
            else if (!seen.insert(category.name).second)
                warn("category-name-twice", place,
                     "is called \"" + category.name + "\", as another category is.");
        }
    }

    void checkAnnotations(const std::vector<core::Annotation> &annotations)
    {
        for (const core::Annotation &annotation : annotations) {
            const std::string place = placeOf("annotation", annotation.id);
            if (annotation.hasMask() && core::area(annotation.mask) == 0)
                warn("mask-empty", place, "has a mask without a pixel; a copy leaves it out.");
            if (annotation.box && isOutside(*annotation.box, annotation.mask.size))
                warn("box-outside", place, "has a box that does not lie in its picture.");
        }
    }

private:
    static bool isOutside(const core::Box &box, core::Size size)
    {
        constexpr double slack = 1; // rounding of other programs
        return box.x0 < -0.5 - slack || box.y0 < -0.5 - slack ||
               box.x1 > size.width - 0.5 + slack || box.y1 > size.height - 0.5 + slack;
    }

    void warn(const char *rule, const std::string &place, const std::string &sentence)
    {
        m_findings.add({Severity::Warning, rule, m_file, place, sentence});
    }

    std::string m_file;
    Findings &m_findings;
};

} // namespace

void checkDataset(const core::Dataset &dataset, const std::filesystem::path &file,
                  Findings &findings)
{
    DatasetChecks checks(file.string(), findings);
    checks.checkImages(dataset.images);
    checks.checkCategories(dataset.categories);
    checks.checkAnnotations(dataset.annotations);
}

} // namespace exporters
