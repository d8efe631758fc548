// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/benchmark.h"

#include "core/error.h"
#include "core/mask/rle_string.h"
#include "core/segmentation/mask_postprocessing.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace core
{
namespace
{

using Clock = std::chrono::steady_clock;

Box middleBox(Size size, double share)
{
    const double x = size.width * (1 - share) / 2;
    const double y = size.height * (1 - share) / 2;
    return {x, y, size.width - x, size.height - y};
}

} // namespace

Timing measure(const std::function<void()> &work, double seconds, int maxRuns, std::stop_token stop)
{
    constexpr int minRuns = 3;
    work(); // the first run also fills caches and chooses algorithms
    std::vector<double> milliseconds;
    double total = 0;
    const std::clock_t before = std::clock();
    while (int(milliseconds.size()) < minRuns ||
           (total < seconds * 1000 && int(milliseconds.size()) < maxRuns)) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "The benchmark was stopped.");
        const auto start = Clock::now();
        work();
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        total += milliseconds.back();
    }
    const double computed = 1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC;
    std::sort(milliseconds.begin(), milliseconds.end());
    return {int(milliseconds.size()), milliseconds.front(), milliseconds[milliseconds.size() / 2],
            milliseconds.back(), computed / double(milliseconds.size())};
}

BenchmarkReport benchmark(Segmenter &segmenter, ImageView image, double secondsPerStage,
                          std::stop_token stop)
{
    const auto timed = [&](const std::function<void()> &work) {
        return measure(work, secondsPerStage, 100, stop);
    };
    BenchmarkReport report;
    std::shared_ptr<const ImageEmbedding> embedding;
    report.encode = timed([&] { embedding = segmenter.encode(image, stop); });

    Prompt click;
    click.points = {{{image.size.width / 2.0, image.size.height / 2.0}, PointLabel::Foreground}};
    report.decodeLogits = timed([&] { segmenter.decodeLogits(*embedding, {&click, 1}); });
    std::vector<MaskCandidate> candidates;
    report.decodePoint = timed([&] { candidates = segmenter.decode(*embedding, click); });

    std::vector<Prompt> boxes(16);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        boxes[i].box = middleBox(image.size, 0.2 + 0.04 * double(i));
    report.decodeBox = timed([&] { segmenter.decode(*embedding, boxes.front()); });
    report.decodeBatch = timed([&] { segmenter.decodeBatch(*embedding, boxes); });

    const MaskCandidate &answer = candidates.front();
    report.postprocess = timed(
        [&] { postprocessMask(answer.logits.values, answer.logits.size, embedding->geometry()); });
    report.runLengths = timed([&] { toString(encode(answer.mask)); });
    return report;
}

} // namespace core
