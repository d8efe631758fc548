// SPDX-License-Identifier: Apache-2.0
#include "export/operations/drawing.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <sstream>

namespace exporters
{
namespace
{

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string color(core::Color color)
{
    char text[8];
    std::snprintf(text, sizeof text, "#%06x", color & 0xFFFFFFU);
    return text;
}

/// Bytes that are no UTF-8 are replaced: a name in a dataset may be anything.
std::string asUtf8(const std::string &text)
{
    using Json = nlohmann::json;
    return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
        .get<std::string>();
}

/// XML's own characters are quoted; control characters, which XML cannot hold at all, go.
std::string quoted(const std::string &text)
{
    std::string result;
    for (const char c : asUtf8(text)) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
                result += c;
        }
    }
    return result;
}

class SvgWriter
{
public:
    explicit SvgWriter(std::ostream &out) : m_out(out) {}

    void operator()(const Drawing::Rectangle &shape) const
    {
        m_out << "<rect x=\"" << number(shape.x) << "\" y=\"" << number(shape.y) << "\" width=\""
              << number(shape.width) << "\" height=\"" << number(shape.height) << "\" fill=\""
              << color(shape.color) << "\"/>\n";
    }

    void operator()(const Drawing::Line &shape) const
    {
        m_out << "<line x1=\"" << number(shape.x0) << "\" y1=\"" << number(shape.y0) << "\" x2=\""
              << number(shape.x1) << "\" y2=\"" << number(shape.y1) << "\" stroke=\""
              << color(shape.color) << "\"/>\n";
    }

    void operator()(const Drawing::Text &shape) const
    {
        const char *anchor = shape.anchor == Drawing::Anchor::Start    ? "start"
                             : shape.anchor == Drawing::Anchor::Middle ? "middle"
                                                                       : "end";
        m_out << "<text x=\"" << number(shape.x) << "\" y=\"" << number(shape.y)
              << "\" font-size=\"" << number(shape.size) << "\" text-anchor=\"" << anchor
              << "\" fill=\"" << color(shape.color) << "\""
              << (shape.isBold ? " font-weight=\"bold\"" : "") << ">" << quoted(shape.text)
              << "</text>\n";
    }

private:
    std::ostream &m_out;
};

} // namespace

std::string toSvg(const Drawing &drawing)
{
    std::ostringstream out;
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << drawing.width << "\" height=\""
        << drawing.height << "\" viewBox=\"0 0 " << drawing.width << ' ' << drawing.height
        << "\" font-family=\"sans-serif\" role=\"img\">\n<title>" << quoted(drawing.title)
        << "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    const SvgWriter writer(out);
    for (const Drawing::Shape &shape : drawing.shapes)
        std::visit(writer, shape);
    out << "</svg>\n";
    return out.str();
}

} // namespace exporters
