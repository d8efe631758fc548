// SPDX-License-Identifier: Apache-2.0
// bench_precision [MODEL|default|vit_b|vit_l|vit_h] [ROUNDS] [THREADS]: embeds a made-up picture on
// the processor in fp32 and in bf16, in turns, and prints how long each took and how far the
// answers to a grid of clicks differ. vit_b and the like are random weights of SAM's sizes.
#include "core/error.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/random_segmenter.h"
#include "core/torch/torch_embedding.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace
{

/// Overlapping discs of several colours on a slope, with texture.
core::Image picture()
{
    core::Image image({1800, 1200});
    for (int y = 0; y < image.size.height; ++y) {
        std::uint8_t *pixel = image.row(y);
        for (int x = 0; x < image.size.width; ++x, pixel += 3) {
            int colour[3] = {x / 9, y / 6, 90 + (x * 7 + y * 13) % 17};
            for (int disc = 0; disc < 12; ++disc) {
                const double radius = 60 + disc * 23 % 190;
                if (std::hypot(x - disc * 811 % 1800, y - disc * 477 % 1200) < radius)
                    for (int channel = 0; channel < 3; ++channel)
                        colour[channel] = disc * (53 + channel * 31) % 256;
            }
            for (int channel = 0; channel < 3; ++channel)
                pixel[channel] = static_cast<std::uint8_t>(std::min(colour[channel], 255));
        }
    }
    return image;
}

std::unique_ptr<core::Segmenter> makeSegmenter(const std::string &model,
                                               core::PrecisionChoice precision, int threads)
{
    core::SegmenterOptions options;
    options.device = core::DeviceChoice::Cpu;
    options.precision = precision;
    options.threads = threads;
    if (model == "default")
        return core::loadDefaultSegmenter(options);
    if (model.starts_with("vit_"))
        return core::makeRandomSegmenter(model, options);
    return core::loadSegmenter(model, options);
}

/// A model and what it made of the picture.
struct Side {
    std::unique_ptr<core::Segmenter> segmenter;
    std::shared_ptr<const core::ImageEmbedding> embedding;
    std::vector<double> seconds{};
    std::vector<double> computed{}; ///< by all threads

    void embed(const core::Image &image)
    {
        const std::clock_t before = std::clock();
        const auto start = std::chrono::steady_clock::now();
        embedding = segmenter->encode(image.view());
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        seconds.push_back(time.count());
        computed.push_back(double(std::clock() - before) / CLOCKS_PER_SEC);
    }
};

double least(const std::vector<double> &values)
{
    return *std::min_element(values.begin(), values.end());
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Length of the difference over the length of the first.
double difference(const std::vector<float> &expected, const std::vector<float> &actual)
{
    double squares = 0, all = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        squares += std::pow(double(actual[i]) - expected[i], 2);
        all += std::pow(double(expected[i]), 2);
    }
    return std::sqrt(squares / all);
}

/// Of the masks that logits above 0 are.
struct MaskDifference {
    double iou;   ///< 1 where both are empty
    double share; ///< of pixels that differ
};

MaskDifference maskDifference(const std::vector<float> &expected, const std::vector<float> &actual)
{
    double both = 0, any = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        both += expected[i] > 0 && actual[i] > 0;
        any += expected[i] > 0 || actual[i] > 0;
    }
    return {any == 0 ? 1 : both / any, (any - both) / double(expected.size())};
}

void compareAnswers(const Side &expected, const Side &actual, core::Size size)
{
    constexpr int across = 16;
    double logits = 0, ious = 0, worst = 1, shares = 0;
    int masks = 0;
    for (int i = 0; i < across * across; ++i) {
        core::Prompt prompt;
        prompt.points = {
            {{(i % across + 0.5) * size.width / across, (i / across + 0.5) * size.height / across},
             core::PointLabel::Foreground}};
        const auto of = [&](const Side &side) {
            return side.segmenter->decodeLogits(*side.embedding, {&prompt, 1}).front();
        };
        const auto first = of(expected);
        const auto second = of(actual);
        for (std::size_t mask = 0; mask < first.size(); ++mask, ++masks) {
            logits += difference(first[mask].logits.values, second[mask].logits.values);
            const MaskDifference masked =
                maskDifference(first[mask].logits.values, second[mask].logits.values);
            ious += masked.iou;
            worst = std::min(worst, masked.iou);
            shares += masked.share;
        }
    }
    std::printf("%d clicks, %d masks: logits off by %.2e of their length; IoU %.4f, worst %.4f; "
                "pixels that differ %.2e\n",
                across * across, masks, logits / masks, ious / masks, worst, shares / masks);
}

void printReport(const std::string &model, int rounds, int threads)
{
    const core::Image image = picture();
    Side plain{makeSegmenter(model, core::PrecisionChoice::Fp32, threads), {}};
    Side rounded{makeSegmenter(model, core::PrecisionChoice::Bf16, threads), {}};
    for (int round = 0; round < rounds; ++round) {
        plain.embed(image);
        rounded.embed(image);
    }
    std::printf("%s, picture %d x %d, %d rounds\n\n", plain.segmenter->info().architecture.c_str(),
                image.size.width, image.size.height, rounds);
    std::printf("| embedding | least s | median s | computed, least s |\n|---|---|---|---|\n");
    for (const Side *side : {&plain, &rounded})
        std::printf("| %s | %.3f | %.3f | %.3f |\n", side->segmenter->info().precision.c_str(),
                    least(side->seconds), median(side->seconds), least(side->computed));
    std::printf("| ratio | %.2f | %.2f | %.2f |\n\n", least(plain.seconds) / least(rounded.seconds),
                median(plain.seconds) / median(rounded.seconds),
                least(plain.computed) / least(rounded.computed));
    const auto values = [](const Side &side) {
        const auto &embedding = dynamic_cast<const core::TorchEmbedding &>(*side.embedding);
        const torch::Tensor tensor = embedding.imageEmbedding().to(torch::kFloat32).contiguous();
        return std::vector<float>(tensor.data_ptr<float>(),
                                  tensor.data_ptr<float>() + tensor.numel());
    };
    std::printf("embedding off by %.2e of its length\n",
                difference(values(plain), values(rounded)));
    compareAnswers(plain, rounded, image.size);
}

bool parse(std::string_view text, int &number)
{
    const char *end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ptr == end && number > 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    int rounds = 3;
    int threads = 0;
    if (arguments.size() > 3 || (arguments.size() > 1 && !parse(arguments[1], rounds)) ||
        (arguments.size() > 2 && !parse(arguments[2], threads))) {
        std::fprintf(stderr, "usage: bench_precision [MODEL|default|vit_b|vit_l|vit_h] [ROUNDS] "
                             "[THREADS]\n");
        return 2;
    }
    try {
        printReport(arguments.empty() ? "vit_b" : arguments[0], rounds, threads);
    } catch (const core::Error &error) {
        std::fprintf(stderr, "bench_precision: %s\n", error.what());
        return 1;
    }
    return 0;
}
