// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/sam_segmenter.h"

#include "core/error.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/checked_weights.h"
#include "core/torch/checkpoint/weights_digest.h"
#include "core/torch/full_size_masks.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/prompt_tensors.h"
#include "core/torch/sam/sam_embedding.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/sam/weights.h"
#include "core/torch/torch_call.h"

namespace core::sam
{

namespace
{

/// Prompts decoded at once. On the CPU one prompt's copy of the image's tokens (4 MB) stays in the
/// cache, and two already push each other out; a GPU wants many.
std::size_t promptsAtOnce(const Runtime &runtime)
{
    return runtime.device.is_cpu() || runtime.smallBatches ? 1 : 64;
}

/// Official checkpoints keep these out; some others carry them.
StateDict withoutConstants(StateDict tensors)
{
    tensors.erase("pixel_mean");
    tensors.erase("pixel_std");
    return tensors;
}

SegmenterInfo describe(const StateDict &tensors, const SamConfig &config,
                       const std::string &modelName, const Runtime &runtime)
{
    SegmenterInfo info;
    info.architecture = architectureName(config);
    info.modelName = modelName;
    info.device = runtime.kind();
    info.precision = runtime.precisionName();
    const auto side = static_cast<int>(config.inputSize);
    info.inputSize = {side, side};
    const auto logits = static_cast<int>(config.logitsSize());
    info.logitsSize = {logits, logits};
    for (const auto &[name, tensor] : tensors)
        if (!name.ends_with("gaussian_matrix")) // drawn once, never trained
            info.parameterCount += static_cast<std::size_t>(tensor.numel());
    info.weightsDigest = weightsDigest(tensors);
    return info;
}

StateDict checked(StateDict tensors, const SamConfig &config, const std::string &modelName)
{
    checkTensors(tensors, samTensorShapes(config), modelName, architectureName(config));
    refuseNonFinite(tensors, modelName);
    return tensors;
}

LowResLogits lowResLogits(const torch::Tensor &logits)
{
    const float *values = logits.data_ptr<float>();
    return {{static_cast<int>(logits.size(1)), static_cast<int>(logits.size(0))},
            std::vector<float>(values, values + logits.numel())};
}

} // namespace

SamSegmenter::SamSegmenter(const StateDict &tensors, const std::string &modelName,
                           const Runtime &runtime)
    : SamSegmenter(withoutConstants(tensors), samConfigOf(tensors, modelName), modelName, runtime)
{
}

SamSegmenter::SamSegmenter(const StateDict &tensors, const SamConfig &config,
                           const std::string &modelName, const Runtime &runtime)
    : m_runtime(runtime), m_config(config),
      m_info(describe(checked(tensors, config, modelName), config, modelName, runtime)),
      m_imageEncoder(Weights(tensors, runtime.device, runtime.precision), config),
      m_promptEncoder(Weights(tensors, runtime.device, torch::kFloat32), config),
      m_maskDecoder(Weights(tensors, runtime.device, torch::kFloat32), config)
{
}

std::shared_ptr<const ImageEmbedding> SamSegmenter::encode(ImageView image, std::stop_token stop,
                                                           const EncodeProgress &progress)
{
    if (image.size.isEmpty())
        throw Error(ErrorKind::BadImage, "The picture has no pixels.");
    return torchCall("encoding the picture", [&]() -> std::shared_ptr<const ImageEmbedding> {
        m_runtime.applyThreads();
        const auto side = static_cast<int>(m_config.inputSize);
        const Image resized = resizeLongestSide(image, side);
        const InputGeometry geometry = {image.size, resized.size, {side, side}};
        const torch::Tensor input =
            inputTensor(resized, side).to(m_runtime.device, m_runtime.precision);
        const torch::Tensor features = m_imageEncoder.forward(input, [&](double share) {
            if (stop.stop_requested())
                throw Error(ErrorKind::Cancelled, "Preparing the picture was stopped.");
            if (progress)
                progress(share);
        });
        return std::make_shared<SamEmbedding>(geometry, features.to(torch::kFloat32).contiguous());
    });
}

std::shared_ptr<const ImageEmbedding> SamSegmenter::loadEmbedding(const EmbeddingBytes &bytes)
{
    const auto side = static_cast<int>(m_config.inputSize);
    return SamEmbedding::load(bytes, {side, side},
                              {1, m_config.outChannels, m_config.grid(), m_config.grid()},
                              m_runtime.device);
}

std::vector<MaskCandidate> SamSegmenter::decode(const ImageEmbedding &embedding,
                                                const Prompt &prompt)
{
    return std::move(decodeBatch(embedding, {&prompt, 1}).front());
}

std::vector<std::vector<MaskCandidate>> SamSegmenter::decodeBatch(const ImageEmbedding &embedding,
                                                                  std::span<const Prompt> prompts)
{
    return torchCall("decoding a mask", [&] {
        return fullSizeMasks(decodeLogits(embedding, prompts), embedding.geometry());
    });
}

std::vector<std::vector<ScoredLogits>> SamSegmenter::decodeLogits(const ImageEmbedding &embedding,
                                                                  std::span<const Prompt> prompts)
{
    for (const Prompt &prompt : prompts)
        checkPrompt(prompt, m_info.logitsSize);
    return torchCall("decoding a mask", [&] {
        const auto &own = dynamic_cast<const SamEmbedding &>(embedding);
        m_runtime.applyThreads();
        std::vector<std::vector<ScoredLogits>> answers(prompts.size());
        const torch::Device device = m_runtime.device;
        for (const auto &group : groupAlike(prompts, promptsAtOnce(m_runtime))) {
            const PromptTensors tensors = promptTensors(prompts, group, embedding.geometry());
            const auto there = [device](const torch::Tensor &tensor) {
                return tensor.defined() ? tensor.to(device) : tensor;
            };
            const auto batch = static_cast<std::int64_t>(group.size());
            const torch::Tensor sparse = m_promptEncoder.sparse(
                there(tensors.points), there(tensors.labels), there(tensors.boxes), batch);
            const torch::Tensor dense = tensors.masks.defined()
                                            ? m_promptEncoder.dense(there(tensors.masks))
                                            : m_promptEncoder.noMask();
            const MaskDecoder::Result result = m_maskDecoder.forward(
                own.features(), m_promptEncoder.densePositions(), sparse, dense);

            const bool multimask = prompts[group.front()].multimaskOutput();
            const std::int64_t first = multimask ? 1 : 0;
            const std::int64_t count = multimask ? m_config.maskTokens - 1 : 1;
            const torch::Tensor logits = result.logits.narrow(1, first, count).cpu().contiguous();
            const torch::Tensor iou = result.iou.narrow(1, first, count).cpu().contiguous();
            for (const std::size_t member : group)
                answers[member].resize(static_cast<std::size_t>(count));
            for (std::int64_t i = 0; i < batch * count; ++i) {
                ScoredLogits &answer = answers[group[static_cast<std::size_t>(i / count)]]
                                              [static_cast<std::size_t>(i % count)];
                answer = {lowResLogits(logits[i / count][i % count]), iou.data_ptr<float>()[i]};
            }
        }
        return answers;
    });
}

} // namespace core::sam
