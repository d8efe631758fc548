// SPDX-License-Identifier: Apache-2.0
// Runs the kernels of core_cuda against the code of the CPU they stand for. Needs a GPU and nothing
// else; also under compute-sanitizer. Prints a line for each check; fails if one does.
#include "core/cuda/attention_pack.h"
#include "core/cuda/global_attention.h"
#include "core/cuda/launch_check.h"
#include "core/cuda/mask_runs.h"
#include "core/cuda/picture_input.h"
#include "core/cuda/residual_norm.h"
#include "core/cuda/window_attention.h"
#include "core/mask/rle_changes.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/segmentation/resize_filter.h"
#include "core/segmentation/resize_longest_side.h"

#include <cuda_fp16.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace
{

using core::InputGeometry;
using core::Size;
namespace cuda = core::cuda;

int failures = 0;

void report(bool passed, const std::string &what)
{
    std::printf("%s  %s\n", passed ? "PASS" : "FAIL", what.c_str());
    failures += passed ? 0 : 1;
}

/// Device memory with the elements of a vector; filled with rubbish when made from a length alone.
template <typename T>
class DeviceArray
{
public:
    explicit DeviceArray(std::size_t length) : m_length(length)
    {
        void *memory = nullptr;
        cuda::check(cudaMalloc(&memory, std::max<std::size_t>(length, 1) * sizeof(T)),
                    "allocating");
        m_data = static_cast<T *>(memory);
        cuda::check(cudaMemset(m_data, 0xcd, length * sizeof(T)), "filling");
    }
    explicit DeviceArray(const std::vector<T> &values) : DeviceArray(values.size())
    {
        cuda::check(
            cudaMemcpy(m_data, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice),
            "copying in");
    }
    ~DeviceArray() { cudaFree(m_data); }
    DeviceArray(const DeviceArray &) = delete;
    DeviceArray &operator=(const DeviceArray &) = delete;
    T *data() const { return m_data; }
    std::vector<T> read() const
    {
        std::vector<T> values(m_length);
        cuda::check(cudaMemcpy(values.data(), m_data, m_length * sizeof(T), cudaMemcpyDeviceToHost),
                    "copying out");
        return values;
    }

private:
    T *m_data = nullptr;
    std::size_t m_length;
};

std::vector<float> logitsOf(Size size, int kind, std::mt19937 &random)
{
    std::normal_distribution<float> noise(0, 4);
    const float x = float(random() % unsigned(size.width));
    const float y = float(random() % unsigned(size.height));
    std::vector<float> values;
    for (int row = 0; row < size.height; ++row) {
        for (int column = 0; column < size.width; ++column) {
            const float disc =
                float(size.width) / 4 - std::hypot(float(column) - x, float(row) - y);
            const float choices[] = {noise(random), disc, -5.0f, 5.0f,
                                     float(int(random() % 3)) - 1};
            values.push_back(choices[kind % 5]);
        }
    }
    return values;
}

/// Masks of one picture at once, through the kernels and through the CPU's code.
void checkMasks(Size logits, const InputGeometry &geometry, int masks, std::uint32_t capacity,
                const std::string &what)
{
    std::mt19937 random(11);
    std::vector<float> values;
    for (int mask = 0; mask < masks; ++mask) {
        const auto one = logitsOf(logits, mask, random);
        values.insert(values.end(), one.begin(), one.end());
    }
    const cuda::MaskGeometry shape{logits.width,
                                   logits.height,
                                   geometry.padded.width,
                                   geometry.padded.height,
                                   geometry.resized.width,
                                   geometry.resized.height,
                                   geometry.original.width,
                                   geometry.original.height};
    const cuda::RunSizes sizes = cuda::runSizes(shape);
    const auto count = std::size_t(masks);
    const DeviceArray<float> device(values);
    const DeviceArray<std::uint32_t> words(count * sizes.words), chunks(count * sizes.chunks);
    const DeviceArray<cuda::MaskCounts> counts(count);
    const DeviceArray<std::uint32_t> few(count * capacity);
    cuda::RunBuffers buffers{words.data(), chunks.data(), counts.data(), few.data(), capacity};
    cuda::findRuns(device.data(), masks, shape, {0.0f, -1.0f, 1.0f}, buffers, nullptr);
    std::vector<cuda::MaskCounts> found = counts.read();
    std::uint32_t most = 1;
    for (const cuda::MaskCounts &one : found)
        most = std::max(most, one.changes);
    const DeviceArray<std::uint32_t> all(count * most);
    buffers.changes = all.data();
    buffers.capacity = most;
    cuda::writeChanges(masks, shape, buffers, nullptr);
    const std::vector<std::uint32_t> changes = all.read();
    const std::vector<std::uint32_t> firstChanges = few.read();
    bool same = true;
    for (std::size_t mask = 0; mask < count; ++mask) {
        const std::span<const float> own = std::span(values).subspan(
            mask * std::size_t(logits.area()), std::size_t(logits.area()));
        const core::PostprocessedMask expected = core::postprocessMask(own, logits, geometry);
        const core::Rle rle = core::rleFromChanges(
            std::span(changes).subspan(mask * most, found[mask].changes), geometry.original);
        const float score =
            found[mask].outer == 0 ? 0.0f : float(found[mask].inner) / float(found[mask].outer);
        same = same && rle == core::encode(expected.mask) && score == expected.stabilityScore;
        const std::size_t kept = std::min(found[mask].changes, capacity);
        same = same && std::equal(firstChanges.begin() + std::ptrdiff_t(mask * capacity),
                                  firstChanges.begin() + std::ptrdiff_t(mask * capacity + kept),
                                  changes.begin() + std::ptrdiff_t(mask * most));
    }
    report(same, "masks, " + what);
}

void checkPicture(Size original, int side)
{
    std::mt19937 random(5);
    core::Image image(original);
    for (std::uint8_t &byte : image.pixels)
        byte = std::uint8_t(random() >> 9);
    const core::Image resized = core::resizeLongestSide(image.view(), side);
    const core::ResizeFilter across = core::triangleFilter(original.width, resized.size.width);
    const core::ResizeFilter down = core::triangleFilter(original.height, resized.size.height);
    const DeviceArray<int> acrossFirst(across.first), acrossCount(across.count);
    const DeviceArray<int> downFirst(down.first), downCount(down.count);
    const DeviceArray<std::int32_t> acrossWeights(across.weights), downWeights(down.weights);
    const DeviceArray<std::uint8_t> pixels(image.pixels);
    const DeviceArray<std::uint8_t> narrowed(std::size_t(original.height) *
                                             std::size_t(resized.size.width) * 3);
    const auto area = std::size_t(side) * std::size_t(side);
    const DeviceArray<float> out(area * 3);
    constexpr int bits = core::ResizeFilter::precisionBits;
    const cuda::PictureInput picture{
        pixels.data(),
        original.width,
        original.height,
        {acrossFirst.data(), acrossCount.data(), acrossWeights.data(), across.perOutput, bits},
        {downFirst.data(), downCount.data(), downWeights.data(), down.perOutput, bits},
        resized.size.width,
        resized.size.height,
        narrowed.data(),
        side,
        {123.675f, 116.28f, 103.53f},
        {58.395f, 57.12f, 57.375f}};
    cuda::makeInput(picture, cuda::Element::Float32, out.data(), nullptr);
    const std::vector<float> made = out.read();
    bool same = true;
    for (int channel = 0; channel < 3; ++channel) {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const bool inside = x < resized.size.width && y < resized.size.height;
                const float expected =
                    inside ? (float(resized.row(y)[x * 3 + channel]) - picture.mean[channel]) /
                                 picture.deviation[channel]
                           : 0.0f;
                same =
                    same && made[std::size_t(channel) * area + std::size_t(y) * std::size_t(side) +
                                 std::size_t(x)] == expected;
            }
        }
    }
    report(same, "picture " + std::to_string(original.width) + " x " +
                     std::to_string(original.height) + " to " + std::to_string(side));
}

void checkAttention(const cuda::AttentionLayout &layout, const std::string &what)
{
    std::mt19937 random(3);
    const auto numbers = [&](std::size_t count) {
        std::vector<std::uint16_t> values(count);
        for (std::uint16_t &value : values)
            value = std::uint16_t(random());
        return values;
    };
    const auto tokens = std::size_t(layout.tokens());
    const auto channels = std::size_t(layout.channels());
    const auto qkv = numbers(tokens * 3 * channels);
    const auto bias = numbers(3 * channels);
    const auto products =
        numbers(std::size_t(layout.heads) * tokens * std::size_t(layout.positions));
    const std::size_t packed = std::size_t(layout.windows()) * std::size_t(layout.windowTokens()) *
                               std::size_t(layout.heads) * std::size_t(layout.paddedDim);
    const DeviceArray<std::uint16_t> deviceQkv(qkv), deviceBias(bias), deviceProducts(products);
    const DeviceArray<std::uint16_t> queries(packed), keys(packed), values(packed),
        back(tokens * channels);
    cuda::packAttention(layout,
                        {deviceQkv.data(), deviceBias.data(), deviceProducts.data(), 0x3c00},
                        queries.data(), keys.data(), values.data(), nullptr);
    const cuda::AttentionSource<std::uint16_t> source{qkv.data(), bias.data(), products.data(),
                                                      0x3c00};
    const std::vector<std::uint16_t> made[] = {queries.read(), keys.read(), values.read()};
    bool same = true;
    std::size_t i = 0;
    for (int window = 0; window < layout.windows(); ++window) {
        for (int place = 0; place < layout.windowTokens(); ++place) {
            const int token = layout.tokenAt(window, place);
            for (int head = 0; head < layout.heads; ++head) {
                for (int element = 0; element < layout.paddedDim; ++element, ++i) {
                    for (int part = 0; part < 3; ++part) {
                        const auto kind = static_cast<cuda::AttentionPart>(part);
                        const std::uint16_t expected =
                            element < layout.headDim
                                ? cuda::headElements(layout, source, kind, token, head)[element]
                                : cuda::positionElement(layout, source, kind, token, place, head,
                                                        element);
                        same = same && made[part][i] == expected;
                    }
                }
            }
        }
    }
    report(same, "attention's operands, " + what);
    cuda::unpackAttention(layout, values.data(), back.data(), nullptr);
    const std::vector<std::uint16_t> unpacked = back.read();
    bool inPlace = true;
    for (std::size_t token = 0; token < tokens; ++token)
        inPlace = inPlace && std::memcmp(unpacked.data() + token * channels,
                                         qkv.data() + token * 3 * channels + 2 * channels,
                                         channels * sizeof(std::uint16_t)) == 0;
    report(inPlace, "attention's result, " + what);
}

/// Half precision numbers that CPU and GPU share.
std::vector<__half> halves(std::size_t count, std::mt19937 &random)
{
    std::normal_distribution<float> noise;
    std::vector<__half> values(count);
    for (__half &value : values)
        value = __float2half(noise(random));
    return values;
}

/// Some queries of the attention kernels, global or in windows, beside sums in double over the
/// packed operands.
void checkAttentionKernel(bool isGlobal, int headDim)
{
    constexpr int heads = 2;
    const int side = isGlobal ? cuda::globalAttentionSide : cuda::attentionWindowSide;
    const cuda::AttentionLayout layout{
        cuda::globalAttentionSide, side, heads, headDim, headDim + 2 * side, isGlobal ? 256 : 56};
    const auto tokens = std::size_t(layout.tokens());
    const auto channels = std::size_t(layout.channels());
    std::mt19937 random(2);
    const auto qkv = halves(tokens * 3 * channels, random);
    const auto bias = halves(3 * channels, random);
    const auto products = halves(heads * tokens * std::size_t(layout.positions), random);
    const DeviceArray<__half> deviceQkv(qkv), deviceBias(bias), deviceProducts(products);
    const DeviceArray<__half> out(tokens * channels);
    const float scale = 1 / std::sqrt(float(headDim));
    if (isGlobal)
        cuda::attendGlobally({deviceQkv.data(), deviceProducts.data(), out.data(), heads, headDim,
                              layout.positions, scale},
                             cuda::Element::Float16, nullptr);
    else
        cuda::attendInWindows({deviceQkv.data(), deviceBias.data(), deviceProducts.data(),
                               out.data(), layout.grid, heads, headDim, layout.positions, scale},
                              cuda::Element::Float16, nullptr);
    const std::vector<__half> made = out.read();
    const auto asFloats = [](const std::vector<__half> &values) {
        std::vector<float> floats(values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            floats[i] = __half2float(values[i]);
        return floats;
    };
    const auto floatQkv = asFloats(qkv), floatBias = asFloats(bias),
               floatProducts = asFloats(products);
    const cuda::AttentionSource<float> source{floatQkv.data(), floatBias.data(),
                                              floatProducts.data(), 1.0f};
    const auto element = [&](cuda::AttentionPart part, int window, int place, int head, int i) {
        const int token = layout.tokenAt(window, place);
        return i < headDim ? cuda::headElements(layout, source, part, token, head)[i]
                           : cuda::positionElement(layout, source, part, token, place, head, i);
    };
    double worst = 0;
    const int stepSize = isGlobal ? 211 : 17;
    for (int window = 0; window < layout.windows(); window += 3) {
        for (int place = window % 5; place < layout.windowTokens(); place += stepSize) {
            const int token = layout.tokenAt(window, place);
            for (int head = 0; token >= 0 && head < heads; ++head) {
                std::vector<float> query(std::size_t(layout.paddedDim));
                for (int i = 0; i < layout.paddedDim; ++i)
                    query[std::size_t(i)] =
                        element(cuda::AttentionPart::Query, window, place, head, i);
                std::vector<double> expected(std::size_t(headDim), 0.0);
                double sum = 0;
                for (int key = 0; key < layout.windowTokens(); ++key) {
                    double score = 0;
                    for (int i = 0; i < layout.paddedDim; ++i)
                        score += double(query[std::size_t(i)]) *
                                 element(cuda::AttentionPart::Key, window, key, head, i);
                    const double share = std::exp(score * scale);
                    sum += share;
                    for (int i = 0; i < headDim; ++i)
                        expected[std::size_t(i)] +=
                            share * element(cuda::AttentionPart::Value, window, key, head, i);
                }
                for (int i = 0; i < headDim; ++i) {
                    const float value = __half2float(
                        made[std::size_t(token) * channels + std::size_t(head * headDim + i)]);
                    const double error = std::abs(expected[std::size_t(i)] / sum - value);
                    worst = std::isnan(error) ? INFINITY : std::max(worst, error);
                }
            }
        }
    }
    // Shares are rounded to 11 bits, values reach 4.
    report(worst < 5e-3, std::string(isGlobal ? "global attention" : "attention in windows") +
                             " of " + std::to_string(headDim) + " elements, largest error " +
                             std::to_string(worst));
}

void checkResidual(int channels)
{
    constexpr int rows = 7;
    std::mt19937 random(6);
    const auto width = std::size_t(channels);
    const auto x = halves(rows * width, random), y = halves(rows * width, random);
    const auto weight = halves(width, random), bias = halves(width, random);
    const DeviceArray<__half> deviceX(x), deviceY(y), deviceWeight(weight), deviceBias(bias);
    const DeviceArray<__half> sums(rows * width), normed(rows * width);
    cuda::addAndNorm({deviceX.data(), deviceY.data(), deviceWeight.data(), deviceBias.data(),
                      sums.data(), normed.data(), rows, channels, 1e-6f},
                     cuda::Element::Float16, nullptr);
    const auto madeSums = sums.read(), madeNormed = normed.read();
    bool sameSums = true;
    double worst = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> sum(width);
        double mean = 0, squares = 0;
        for (std::size_t i = 0; i < width; ++i) {
            const __half rounded =
                __float2half(__half2float(x[row * width + i]) + __half2float(y[row * width + i]));
            sum[i] = __half2float(rounded);
            sameSums = sameSums && sum[i] == double(__half2float(madeSums[row * width + i]));
            mean += sum[i] / double(width);
        }
        for (const double value : sum)
            squares += (value - mean) * (value - mean) / double(width);
        for (std::size_t i = 0; i < width; ++i) {
            const double expected =
                (sum[i] - mean) / std::sqrt(squares + 1e-6) * __half2float(weight[i]) +
                __half2float(bias[i]);
            const double error = std::abs(expected - __half2float(madeNormed[row * width + i]));
            worst =
                std::isnan(error) ? INFINITY : std::max(worst, error / (1 + std::abs(expected)));
        }
    }
    report(sameSums && worst < 1e-3, "residual sum and norm of " + std::to_string(channels) +
                                         " channels, largest error " + std::to_string(worst));
}

} // namespace

int main()
{
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::printf("no GPU here: nothing was checked\n");
        return 77;
    }
    try {
        checkMasks({256, 256}, {{1800, 1200}, {1024, 683}, {1024, 1024}}, 5, 4096, "1800 x 1200");
        checkMasks({256, 256}, {{683, 1024}, {683, 1024}, {1024, 1024}}, 5, 16, "no second resize");
        checkMasks({64, 64}, {{147, 203}, {185, 256}, {256, 256}}, 3, 7, "a small picture");
        checkMasks({8, 8}, {{1, 1}, {32, 32}, {32, 32}}, 5, 1, "one pixel");
        checkMasks({8, 8}, {{900, 1}, {32, 1}, {32, 32}}, 5, 1, "one row");
        checkMasks({8, 8}, {{1, 900}, {1, 32}, {32, 32}}, 5, 1, "one column");
        checkMasks({256, 256}, {{4000, 3000}, {1024, 768}, {1024, 1024}}, 2, 64, "4000 x 3000");
        for (const Size size :
             {Size{1800, 1200}, Size{640, 1000}, Size{1024, 1024}, Size{3, 2}, Size{2500, 1}})
            checkPicture(size, 1024);
        checkAttention({64, 64, 2, 80, 208, 256}, "global");
        checkAttention({64, 14, 2, 80, 112, 56}, "windows with padding");
        checkAttention({12, 6, 3, 16, 32, 24}, "windows without padding");
        for (const int channels : {768, 1024, 1280})
            checkResidual(channels);
        for (const int headDim : {64, 80}) {
            if (cuda::canAttend(headDim)) {
                checkAttentionKernel(true, headDim);
                checkAttentionKernel(false, headDim);
            }
        }
    } catch (const std::exception &error) {
        report(false, error.what());
    }
    std::printf("%s\n", failures == 0 ? "ALL PASSED" : "SOME FAILED");
    return failures == 0 ? 0 : 1;
}
