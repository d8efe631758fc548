// SPDX-License-Identifier: Apache-2.0
#include "app/cli/parse_prompt.h"

#include "core/error.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

namespace cli
{
namespace
{

/// The numbers between the commas; nothing when one is no finite number.
std::optional<std::vector<double>> numbers(std::string_view text)
{
    std::vector<double> values;
    const char *position = text.data();
    const char *const end = text.data() + text.size();
    for (;;) {
        double value = 0;
        const auto [rest, error] = std::from_chars(position, end, value);
        if (error != std::errc() || !std::isfinite(value))
            return {};
        values.push_back(value);
        if (rest == end)
            return values;
        if (*rest != ',')
            return {};
        position = rest + 1;
    }
}

std::string sizeText(core::Size size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

} // namespace

core::PointPrompt parsePoint(const std::string &text)
{
    const auto values = numbers(text);
    const bool labelled = values && values->size() == 3;
    if (!values || (values->size() != 2 && !labelled) ||
        (labelled && (*values)[2] != 0 && (*values)[2] != 1))
        throw CLI::ValidationError("--point", "\"" + text + "\" is not X,Y or X,Y,0 or X,Y,1");
    const bool background = labelled && (*values)[2] == 0;
    return {{(*values)[0], (*values)[1]},
            background ? core::PointLabel::Background : core::PointLabel::Foreground};
}

core::Box parseBox(const std::string &text)
{
    const auto values = numbers(text);
    if (!values || values->size() != 4)
        throw CLI::ValidationError("--box", "\"" + text + "\" is not X0,Y0,X1,Y1");
    return core::Box{(*values)[0], (*values)[1], (*values)[2], (*values)[3]}.normalized();
}

void requireInside(const core::Prompt &prompt, core::Size size)
{
    // Positions are those of pixel centres, so the picture reaches half a pixel beyond the last.
    const auto inside = [size](double x, double y) {
        return x >= -0.5 && y >= -0.5 && x <= size.width - 0.5 && y <= size.height - 0.5;
    };
    for (const core::PointPrompt &point : prompt.points) {
        if (!inside(point.position.x, point.position.y)) {
            throw core::Error(core::ErrorKind::BadPrompt,
                              "A point lies outside the picture, which has " + sizeText(size) +
                                  " pixels.");
        }
    }
    if (!prompt.box)
        return;
    const core::Box box = prompt.box->normalized();
    if (box.x1 < 0 || box.y1 < 0 || box.x0 > size.width || box.y0 > size.height) {
        throw core::Error(core::ErrorKind::BadPrompt, "A box lies outside the picture, which has " +
                                                          sizeText(size) + " pixels.");
    }
}

} // namespace cli
