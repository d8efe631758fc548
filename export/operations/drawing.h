// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace exporters
{

/// A picture as a list of shapes, painted in order on white. Coordinates are pixels from the top
/// left corner, y downwards. Written as SVG or as PNG, which look the same but for the fonts.
struct Drawing {
    struct Rectangle {
        double x = 0, y = 0, width = 0, height = 0;
        core::Color color = 0;
    };
    struct Line {
        double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
        core::Color color = 0;
    };
    enum class Anchor { Start, Middle, End };
    struct Text {
        double x = 0, y = 0; ///< y: of the baseline
        std::string text;    ///< UTF-8
        double size = 12;    ///< height of the font
        Anchor anchor = Anchor::Start;
        core::Color color = 0;
        bool isBold = false;
    };
    using Shape = std::variant<Rectangle, Line, Text>;

    int width = 0;
    int height = 0;
    std::string title; ///< for those who cannot see it
    std::vector<Shape> shapes;
};

/// An SVG file's text.
std::string toSvg(const Drawing &drawing);

/// Draws it at twice its size, so that text is crisp. Needs no display. The file appears whole or
/// not at all. Throws core::Error(FileUnwritable, DiskFull, OutOfMemory). Of the main thread: the
/// fonts need Qt's application object, which is made for the time where the program has none.
void writePng(const Drawing &drawing, const std::filesystem::path &target);

} // namespace exporters
