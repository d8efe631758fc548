// SPDX-License-Identifier: Apache-2.0
#include "app/cli/serve_session.h"

#include "app/cli/parse_prompt.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <initializer_list>

namespace cli
{
namespace
{

constexpr std::size_t maxPoints = 1000;

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadPrompt, why);
}

/// A misspelt key would otherwise be a wrong answer.
void requireKeys(const Json &request, std::initializer_list<std::string_view> known)
{
    for (const auto &[key, value] : request.items()) {
        if (key != "op" && std::find(known.begin(), known.end(), key) == known.end())
            refuse("\"" + key + "\" is not known here.");
    }
}

bool flag(const Json &request, const char *key)
{
    if (!request.contains(key))
        return false;
    if (!request[key].is_boolean())
        refuse(std::string("\"") + key + "\" is true or false.");
    return request[key].get<bool>();
}

std::vector<double> numbers(const Json &list, const char *what)
{
    std::vector<double> values;
    if (list.is_array() && list.size() <= 4) {
        for (const Json &value : list) {
            if (value.is_number() && std::isfinite(value.get<double>()))
                values.push_back(value.get<double>());
        }
    }
    if (values.empty() || values.size() != list.size())
        refuse(what);
    return values;
}

std::vector<core::PointPrompt> points(const Json &list)
{
    const char *const what = "\"points\" is a list of [x, y] or [x, y, label], label 1 or 0.";
    if (!list.is_array() || list.size() > maxPoints)
        refuse(what);
    std::vector<core::PointPrompt> result;
    for (const Json &point : list) {
        const std::vector<double> values = numbers(point, what);
        const double label = values.size() == 3 ? values[2] : 1;
        if (values.size() < 2 || values.size() > 3 || (label != 0 && label != 1))
            refuse(what);
        result.push_back(
            {{values[0], values[1]},
             label == 1 ? core::PointLabel::Foreground : core::PointLabel::Background});
    }
    return result;
}

class Stopwatch
{
public:
    /// To a tenth of a millisecond.
    double milliseconds() const
    {
        const auto passed = std::chrono::steady_clock::now() - m_start;
        return rounded(std::chrono::duration<double, std::milli>(passed).count(), 1);
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace

Json ServeSession::answer(std::string_view line)
{
    try {
        const Json request = Json::parse(line);
        if (!request.is_object())
            refuse("A line is one JSON object, {\"op\": ...}.");
        return dispatch(request);
    } catch (const Json::parse_error &error) {
        return {
            {"ok", false},
            {"error", "The line is not JSON, from byte " + std::to_string(error.byte) + " on."}};
    } catch (const std::bad_alloc &) {
        return {{"ok", false}, {"error", "There is not enough memory."}};
    } catch (const std::exception &error) {
        return {{"ok", false}, {"error", error.what()}};
    }
}

Json ServeSession::dispatch(const Json &request)
{
    const Json op = request.value("op", Json());
    if (op == "open")
        return open(request);
    if (op == "predict")
        return predict(request);
    if (op == "reset" || op == "close") {
        requireKeys(request, {});
        m_last.reset();
        if (op == "close") {
            m_look.reset();
            m_whole = {};
            m_image = {};
        }
        return {{"ok", true}};
    }
    refuse("\"op\" is open, predict, reset or close.");
}

Json ServeSession::open(const Json &request)
{
    requireKeys(request, {"image"});
    if (!request.contains("image") || !request["image"].is_string())
        refuse("\"image\" is the path of a picture.");
    const std::string &name = request["image"].get_ref<const std::string &>();
    Json answer = {{"ok", true}};
    core::Image image =
        core::readImage(std::u8string(name.begin(), name.end()),
                        [&answer](const std::string &sentence) { answer["warning"] = sentence; });
    const Stopwatch watch;
    auto embedding = m_segmenter.encode(image.view());
    answer["encode_ms"] = watch.milliseconds();
    answer["width"] = image.size.width;
    answer["height"] = image.size.height;
    m_last.reset();
    m_image = std::move(image);
    m_whole = core::wholeView(std::move(embedding));
    m_look.emplace(m_segmenter, m_whole,
                   m_wholeOnly ? nullptr : core::CloserLook::partsOf(m_segmenter, m_image.view()));
    return answer;
}

core::Prompt ServeSession::promptOf(const Json &request) const
{
    core::Prompt prompt;
    if (request.contains("points"))
        prompt.points = points(request["points"]);
    if (request.contains("box")) {
        const auto corners = numbers(request["box"], "\"box\" is [x0, y0, x1, y1].");
        if (corners.size() != 4)
            refuse("\"box\" is [x0, y0, x1, y1].");
        prompt.box = core::Box{corners[0], corners[1], corners[2], corners[3]}.normalized();
    }
    if (request.contains("multimask"))
        prompt.output =
            flag(request, "multimask") ? core::MaskOutput::Multi : core::MaskOutput::Single;
    requireInside(prompt, m_whole.picture);
    return prompt;
}

/// The logits to go on from.
std::optional<core::PlacedLogits> ServeSession::startOf(const Json &request) const
{
    if (flag(request, "refine")) {
        if (request.contains("mask"))
            refuse("\"refine\" and \"mask\" cannot go together: both say where to start from.");
        if (!m_last)
            refuse("There is no answer yet that could be refined.");
        return m_last;
    }
    if (!request.contains("mask"))
        return {};
    const core::Rle rle = rleFromJson(request["mask"]);
    if (rle.size != m_whole.picture)
        refuse("The mask does not have the picture's size.");
    const core::LogitsPlace place = core::placeOf(m_whole);
    return core::PlacedLogits{
        core::priorLogits(core::decode(rle), place.geometry, m_whole.embedding->logitsSize()),
        place};
}

Json ServeSession::predict(const Json &request)
{
    requireKeys(request, {"points", "box", "mask", "multimask", "refine"});
    if (!m_look)
        refuse("No picture is open.");
    const core::Prompt prompt = promptOf(request);
    const std::optional<core::PlacedLogits> start = startOf(request);
    if (prompt.isEmpty() && !start)
        refuse("A prediction needs \"points\", a \"box\" or a \"mask\".");
    const Stopwatch watch;
    std::vector<core::CloserLook::Seen> answers = m_look->ask(prompt, start);
    std::stable_sort(answers.begin(), answers.end(), [](const auto &a, const auto &b) {
        return a.candidate.predictedIou > b.candidate.predictedIou;
    });
    answers.front() = m_look->closer(prompt, std::move(answers.front()));
    const double milliseconds = watch.milliseconds();
    Json masks = Json::array();
    for (const core::CloserLook::Seen &seen : answers)
        masks.push_back(toJson(seen.candidate));
    m_last = answers.front().logits();
    return {{"ok", true}, {"decode_ms", milliseconds}, {"masks", std::move(masks)}};
}

} // namespace cli
