// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat/cvat_shape.h"

#include "core/error.h"
#include "core/mask/rle_ellipse.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "export/formats/cvat/cvat_runs.h"

#include <cmath>

namespace exporters
{
namespace
{

constexpr int farthest = 1 << 30; // of a mask's corner

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, why + ".");
}

const QString &attribute(const XmlAttributes &attributes, const char *name)
{
    const auto found = attributes.find(QString::fromLatin1(name));
    if (found == attributes.end())
        refuse("there is no \"" + std::string(name) + "\"");
    return found->second;
}

double toNumber(QStringView text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        refuse("\"" + text.left(40).toString().toStdString() + "\" is no number");
    return number;
}

double number(const XmlAttributes &attributes, const char *name)
{
    return toNumber(attribute(attributes, name));
}

double degrees(const XmlAttributes &attributes)
{
    const auto found = attributes.find(QStringLiteral("rotation"));
    return found == attributes.end() ? 0 : toNumber(found->second);
}

/// "x,y;x,y;..."
std::vector<double> points(const XmlAttributes &attributes)
{
    const QString &text = attribute(attributes, "points");
    std::vector<double> xy;
    for (const QStringView point : QStringView(text).tokenize(u';', Qt::SkipEmptyParts)) {
        const qsizetype comma = point.indexOf(u',');
        if (comma < 0)
            refuse("a point is not \"x,y\"");
        xy.push_back(toNumber(point.first(comma)));
        xy.push_back(toNumber(point.sliced(comma + 1)));
    }
    if (xy.size() < 6)
        refuse("a polygon has fewer than three points");
    return xy;
}

Region mask(const XmlAttributes &attributes, core::Size size)
{
    const core::PixelRect block{wholeNumber(attributes, "left", -farthest, farthest),
                                wholeNumber(attributes, "top", -farthest, farthest),
                                wholeNumber(attributes, "width", 1, farthest),
                                wholeNumber(attributes, "height", 1, farthest)};
    return {fromCvatRuns(attribute(attributes, "rle").toStdString(), block, size), {}};
}

Region box(const XmlAttributes &attributes, core::Size size)
{
    const core::Box corners{number(attributes, "xtl"), number(attributes, "ytl"),
                            number(attributes, "xbr"), number(attributes, "ybr")};
    const double turned = degrees(attributes);
    if (turned == 0)
        return boxRegion(corners.x0, corners.y0, corners.x1, corners.y1, size);
    const std::vector<double> ring = turnedRectangle(corners, turned, (corners.x0 + corners.x1) / 2,
                                                     (corners.y0 + corners.y1) / 2);
    return {core::rleFromPolygon(ring, size), {}};
}

Region ellipse(const XmlAttributes &attributes, core::Size size)
{
    return {core::rleFromEllipse({number(attributes, "cx"), number(attributes, "cy"),
                                  number(attributes, "rx"), number(attributes, "ry"),
                                  degrees(attributes)},
                                 size),
            {}};
}

Region covered(std::string_view element, const XmlAttributes &attributes, core::Size size)
{
    if (element == "mask")
        return mask(attributes, size);
    if (element == "polygon")
        return {core::rleFromPolygon(points(attributes), size), {}};
    if (element == "box")
        return box(attributes, size);
    return ellipse(attributes, size);
}

} // namespace

bool isCvatRegion(std::string_view element)
{
    return element == "mask" || element == "polygon" || element == "box" || element == "ellipse";
}

Region readCvatShape(std::string_view element, const XmlAttributes &attributes, core::Size size)
{
    Region region = covered(element, attributes, size);
    if (!region.box && core::area(region.mask) == 0)
        refuse("it covers no pixel of its picture");
    return region;
}

int wholeNumber(const XmlAttributes &attributes, const char *name, int least, int most)
{
    bool isNumber = false;
    const int value = attribute(attributes, name).toInt(&isNumber);
    if (!isNumber || value < least || value > most)
        refuse("\"" + std::string(name) + "\" is no whole number from " + std::to_string(least) +
               " to " + std::to_string(most));
    return value;
}

} // namespace exporters
