// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/far_view.h"

#include "core/torch/compact/compact_config.h"

#include <algorithm>
#include <cmath>

namespace core
{
namespace
{

namespace F = torch::nn::functional;

constexpr std::int64_t sideStep = compact::compactStride;
constexpr std::int64_t leastSide = 64;

/// Means over areas, for maps and pictures that shrink.
torch::Tensor shrunk(const torch::Tensor &maps, std::int64_t side)
{
    return F::interpolate(
        maps,
        F::InterpolateFuncOptions().size(std::vector<std::int64_t>{side, side}).mode(torch::kArea));
}

torch::Tensor enlarged(const torch::Tensor &maps, std::int64_t side)
{
    return F::interpolate(maps, F::InterpolateFuncOptions()
                                    .size(std::vector<std::int64_t>{side, side})
                                    .mode(torch::kBilinear)
                                    .align_corners(false));
}

} // namespace

compact::DecodedMasks seenFromAfar(compact::CompactModel &model, const torch::Tensor &pictures,
                                   const compact::PromptBatch &prompts, double scale,
                                   std::array<float, 2> origin, torch::ScalarType type)
{
    const torch::NoGradGuard noGrad;
    const std::int64_t side = pictures.size(3);
    const auto farSide = std::clamp<std::int64_t>(
        std::llround(scale * double(side) / double(sideStep)) * sideStep, leastSide, side);
    const double ratio = double(farSide) / double(side);

    compact::PromptBatch far = prompts;
    far.coordinates = prompts.coordinates * ratio;
    far.boxes = prompts.boxes * ratio;
    far.previous = shrunk(prompts.previous, farSide / compact::compactMaskStride);

    const bool wasTraining = model->is_training();
    model->eval();
    const auto features =
        model->encode(compact::normalizedPixels(shrunk(pictures.to(torch::kFloat), farSide), type));
    auto masks = model->decode(features, far, origin);
    model->train(wasTraining);
    masks.logits = enlarged(masks.logits, side / compact::compactMaskStride);
    return masks;
}

} // namespace core
