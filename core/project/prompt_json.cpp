// SPDX-License-Identifier: Apache-2.0
#include "core/project/prompt_json.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

namespace project
{
namespace
{

using nlohmann::json;

core::PointLabel labelOf(const json &value)
{
    return value.get<int>() == 0 ? core::PointLabel::Background : core::PointLabel::Foreground;
}

core::ImagePoint pointOf(const json &value)
{
    return {value.at(0).get<double>(), value.at(1).get<double>()};
}

core::BrushStroke strokeOf(const json &value)
{
    core::BrushStroke stroke{{}, value.at("radius").get<double>(), labelOf(value.at("label"))};
    for (const json &point : value.at("path"))
        stroke.path.push_back(pointOf(point));
    return stroke;
}

json toJson(const core::BrushStroke &stroke)
{
    json path = json::array();
    for (const core::ImagePoint &point : stroke.path)
        path.push_back({point.x, point.y});
    return {{"path", path}, {"radius", stroke.radius}, {"label", int(stroke.label)}};
}

} // namespace

std::string toJson(const PromptRecord &prompt)
{
    json object = json::object();
    for (const core::PointPrompt &point : prompt.points)
        object["points"].push_back({point.position.x, point.position.y, int(point.label)});
    if (prompt.box)
        object["box"] = {prompt.box->x0, prompt.box->y0, prompt.box->x1, prompt.box->y1};
    for (const core::BrushStroke &stroke : prompt.strokes)
        object["strokes"].push_back(toJson(stroke));
    if (prompt.threshold != 0)
        object["threshold"] = prompt.threshold;
    return object.dump();
}

PromptRecord promptFromJson(const std::string &text)
{
    try {
        const json object = json::parse(text);
        PromptRecord prompt;
        for (const json &point : object.value("points", json::array()))
            prompt.points.push_back({pointOf(point), labelOf(point.at(2))});
        if (const auto box = object.find("box"); box != object.end())
            prompt.box = core::Box{box->at(0).get<double>(), box->at(1).get<double>(),
                                   box->at(2).get<double>(), box->at(3).get<double>()};
        for (const json &stroke : object.value("strokes", json::array()))
            prompt.strokes.push_back(strokeOf(stroke));
        prompt.threshold = object.value("threshold", 0.0f);
        return prompt;
    } catch (const json::exception &error) {
        throw core::Error(core::ErrorKind::BadProject,
                          std::string("A stored prompt is damaged: ") + error.what());
    }
}

} // namespace project
