// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/self_test.h"

#include "core/cuda/attention_pack.h"
#include "core/cuda/global_attention.h"
#include "core/cuda/window_attention.h"

#include <cmath>
#include <cstring>

namespace cuda = core::cuda;

namespace
{

void checkOperands(const cuda::AttentionLayout &layout, const std::string &what)
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

} // namespace

void checkAttention()
{
    checkOperands({64, 64, 2, 80, 208, 256}, "global");
    checkOperands({64, 14, 2, 80, 112, 56}, "windows with padding");
    checkOperands({12, 6, 3, 16, 32, 24}, "windows without padding");
    for (const int headDim : {64, 80}) {
        if (cuda::canAttend(headDim)) {
            checkAttentionKernel(true, headDim);
            checkAttentionKernel(false, headDim);
        }
    }
}
