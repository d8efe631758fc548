// SPDX-License-Identifier: Apache-2.0
#include "export/validation/coco_checks.h"

#include "core/mask/rle_measure.h"
#include "export/json/json_fields.h"
#include "export/validation/polygon_shape.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace exporters
{
namespace
{

using Json = nlohmann::json;
using Sides = std::array<double, 4>;

/// As in "12.5", without zeros at the end.
std::string text(double number)
{
    std::array<char, 40> digits{};
    std::snprintf(digits.data(), digits.size(), "%.10g", number);
    return digits.data();
}

std::string text(const Sides &box)
{
    return "[" + text(box[0]) + ", " + text(box[1]) + ", " + text(box[2]) + ", " + text(box[3]) +
           "]";
}

double largestDifference(const Sides &a, const Sides &b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

/// The four numbers, if there are four.
std::optional<Sides> sidesOf(const Json *box)
{
    if (box == nullptr || !box->is_array() || box->size() != 4)
        return {};
    Sides sides{};
    for (std::size_t i = 0; i < sides.size(); ++i) {
        if (!(*box)[i].is_number())
            return {};
        sides[i] = (*box)[i].get<double>();
    }
    return sides;
}

using Rings = std::vector<std::vector<double>>;

/// What polygons measure by their corners, in COCO's frame.
struct Outline {
    double area = 0;   ///< of all rings
    double length = 0; ///< of all borders
    Sides box{};       ///< x, y, width, height
};

Outline measured(const Rings &rings)
{
    Outline outline;
    constexpr double far = std::numeric_limits<double>::infinity();
    double left = far, top = far, right = -far, bottom = -far;
    for (const std::vector<double> &xy : rings) {
        double twice = 0;
        for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
            const std::size_t next = i + 3 < xy.size() ? i + 2 : 0;
            twice += xy[i] * xy[next + 1] - xy[next] * xy[i + 1];
            outline.length += std::hypot(xy[next] - xy[i], xy[next + 1] - xy[i + 1]);
            left = std::min(left, xy[i]);
            right = std::max(right, xy[i]);
            top = std::min(top, xy[i + 1]);
            bottom = std::max(bottom, xy[i + 1]);
        }
        outline.area += std::abs(twice) / 2;
    }
    outline.box = {left, top, right - left, bottom - top};
    return outline;
}

} // namespace

/// One entry and where its findings go.
class CocoChecks::Entry
{
public:
    Entry(const CocoEntry &entry, const std::string &file, std::vector<Finding> &findings)
        : m_entry(entry), m_file(file), m_findings(findings)
    {
        if (!entry.annotation.hasMask() || isRuns())
            return;
        for (const Json &ring : Json::parse(m_entry.segmentation, nullptr, false))
            m_rings.push_back(ring.get<std::vector<double>>());
        m_outline = measured(m_rings);
    }

    bool isRuns() const { return m_entry.segmentation.starts_with('{'); }

    void checkMeasures()
    {
        const core::Rle &mask = m_entry.annotation.mask;
        const auto pixels = static_cast<double>(core::area(mask));
        const core::PixelRect rect = core::boundingBox(mask);
        const Sides box{double(rect.x), double(rect.y), double(rect.width), double(rect.height)};
        checkArea(pixels, box);
        if (pixels > 0)
            checkBox(box);
    }

    void checkScore()
    {
        const std::optional<double> score = m_entry.annotation.score;
        if (score && !(*score >= 0 && *score <= 1))
            warn("score-range", "has the score " + text(*score) + ", which is not within 0 to 1.");
    }

    void checkPolygons()
    {
        bool leaves = false, crosses = false;
        for (const std::vector<double> &xy : m_rings) {
            leaves |= leavesPicture(xy, m_entry.annotation.mask.size);
            crosses |= crossesItself(xy);
        }
        if (leaves)
            warn("polygon-outside", "has a polygon with corners outside of its picture.");
        if (crosses)
            warn("polygon-crossing",
                 "has a polygon whose outline crosses itself; programs fill it in different ways.");
    }

private:
    void checkArea(double pixels, const Sides &box)
    {
        const Json *area = m_entry.fields.find("area");
        if (area == nullptr || !area->is_number()) {
            warn("area-missing", "has no \"area\", which evaluations need.");
            return;
        }
        const double said = area->get<double>();
        // The border of a polygon passes through pixels: about as many as it is long.
        const double slack = isRuns() ? 0.5 : std::max(box[2] + box[3], m_outline.length / 2) + 2;
        if (std::abs(said - pixels) <= slack ||
            (!isRuns() && std::abs(said - m_outline.area) <= slack))
            return;
        const bool isBoxes = std::abs(said - box[2] * box[3]) < 0.5;
        warn("area", "has the area " + text(said) + ", and its mask has " + text(pixels) +
                         " pixels" + (isBoxes ? ": it is that of the box." : "."));
    }

    void checkBox(const Sides &box)
    {
        const std::optional<Sides> said = sidesOf(m_entry.fields.find("bbox"));
        if (!said) {
            warn("bbox-missing", "has no \"bbox\" of four numbers.");
            return;
        }
        const double slack = isRuns() ? 0.5 : 1.5;
        if (largestDifference(*said, box) <= slack ||
            (!isRuns() && largestDifference(*said, m_outline.box) <= slack))
            return;
        const Sides corners{box[0], box[1], box[0] + box[2], box[1] + box[3]};
        const bool isCorners = largestDifference(*said, corners) <= 1.5;
        warn("bbox-differs",
             "has the bbox " + text(*said) + ", and that of its mask is " + text(box) +
                 (isCorners ? ": it has two corners instead of width and height." : "."));
    }

    void warn(const char *rule, std::string sentence)
    {
        m_findings.push_back(
            {Severity::Warning, rule, m_file, m_entry.fields.where(), std::move(sentence)});
    }

    const CocoEntry &m_entry;
    const std::string &m_file;
    std::vector<Finding> &m_findings;
    Rings m_rings; ///< of polygons
    Outline m_outline;
};

void CocoChecks::check(const CocoEntry &entry, std::vector<Finding> &findings)
{
    Entry checks(entry, m_file, findings);
    checks.checkScore();
    if (!entry.annotation.hasMask())
        return;
    checks.checkMeasures();
    if (checks.isRuns()) {
        ++m_withRuns;
        m_crowds += entry.annotation.isCrowd;
    } else {
        checks.checkPolygons();
        if (!entry.annotation.isCrowd)
            m_hasPolygons = true;
    }
}

void CocoChecks::finish(Findings &findings) const
{
    if (m_withRuns > 1 && m_crowds == m_withRuns && !m_hasPolygons)
        findings.add({Severity::Warning, "all-crowds", m_file, "",
                      "all " + std::to_string(m_withRuns) +
                          " run lengths are marked as crowds, which trainers leave out; single "
                          "objects have \"iscrowd\": 0 in this form, too."});
}

} // namespace exporters
