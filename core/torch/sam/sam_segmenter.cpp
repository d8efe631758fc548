// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/sam_segmenter.h"

#include "core/error.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/checked_weights.h"
#include "core/torch/checkpoint/weights_digest.h"
#include "core/torch/cuda/device_input.h"
#include "core/torch/cuda/device_masks.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/cuda/kernels.h"
#include "core/torch/full_size_masks.h"
#include "core/torch/sam/image_encoder.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/prompt_tensors.h"
#include "core/torch/sam/sam_embedding.h"
#include "core/torch/sam/weights.h"
#include "core/torch/share_out.h"
#include "core/torch/torch_call.h"

namespace core::sam
{

namespace
{

/// Prompts decoded at once. On the CPU one prompt's copy of the image's tokens (4 MB) stays in the
/// cache, and two already push each other out. A GPU is busy with a few; each takes about 20 MB.
std::size_t promptsAtOnce(const Runtime &runtime)
{
    return runtime.device.is_cpu() || runtime.smallBatches ? 1 : 32;
}

/// Official checkpoints keep these out; some others carry them.
StateDict withoutConstants(StateDict tensors)
{
    tensors.erase("pixel_mean");
    tensors.erase("pixel_std");
    return tensors;
}

SamParts plainSam(const StateDict &tensors, const std::string &modelName)
{
    const SamConfig config = samConfigOf(tensors, modelName);
    return {architectureName(config), config, samTensorShapes(config),
            [config](const Weights &weights, const Runtime &runtime) {
                return std::make_unique<ImageEncoder>(weights, config, cuda::AttentionKernels::Best,
                                                      runtime.factors());
            }};
}

/// Statistics and what is drawn once are kept with a model but never trained.
bool isParameter(const std::string &name)
{
    return !name.ends_with("gaussian_matrix") && name.find(".running_") == std::string::npos;
}

SegmenterInfo describe(const StateDict &tensors, const SamParts &parts,
                       const std::string &modelName, const Runtime &runtime)
{
    const SamConfig &config = parts.config;
    SegmenterInfo info;
    info.architecture = parts.architecture;
    info.modelName = modelName;
    info.device = runtime.kind();
    info.gpuProblem = runtime.gpuProblem;
    info.precision = runtime.precisionName();
    info.encodesAtOnce = runtime.device.is_cpu() ? 1 : 2;
    const auto side = static_cast<int>(config.inputSize);
    info.inputSize = {side, side};
    const auto logits = static_cast<int>(config.logitsSize());
    info.logitsSize = {logits, logits};
    for (const auto &[name, tensor] : tensors)
        if (isParameter(name))
            info.parameterCount += static_cast<std::size_t>(tensor.numel());
    info.weightsDigest = weightsDigest(tensors);
    return info;
}

const StateDict &checked(const StateDict &tensors, const SamParts &parts,
                         const std::string &modelName)
{
    checkTensors(tensors, parts.shapes, modelName, parts.architecture);
    refuseNonFinite(tensors, modelName);
    return tensors;
}

/// Logits number `index` of [.., .., h, w] float32 on the CPU.
LowResLogits lowResLogits(const torch::Tensor &logits, std::size_t index)
{
    const Size size{static_cast<int>(logits.size(3)), static_cast<int>(logits.size(2))};
    const auto area = static_cast<std::size_t>(size.area());
    const float *values = logits.data_ptr<float>() + index * area;
    return {size, std::vector<float>(values, values + area)};
}

} // namespace

SamSegmenter::SamSegmenter(const StateDict &tensors, const std::string &modelName,
                           const Runtime &runtime)
    : SamSegmenter(withoutConstants(tensors), plainSam(tensors, modelName), modelName, runtime)
{
}

SamSegmenter::SamSegmenter(const StateDict &tensors, const SamParts &parts,
                           const std::string &modelName, const Runtime &runtime)
    : m_runtime(runtime), m_config(parts.config),
      m_info(describe(checked(tensors, parts, modelName), parts, modelName, runtime)),
      m_imageEncoder(
          parts.makeEncoder(Weights(tensors, runtime.device, runtime.tensorType()), runtime)),
      m_promptEncoder(Weights(tensors, runtime.device, torch::kFloat32), m_config),
      m_maskDecoder(Weights(tensors, runtime.device, torch::kFloat32), m_config),
      m_clickDecoder(m_promptEncoder, m_maskDecoder, runtime.device)
{
    cuda::finish(runtime.device); // pictures are encoded on other streams
}

std::shared_ptr<const ImageEmbedding> SamSegmenter::encode(ImageView image, std::stop_token stop,
                                                           const EncodeProgress &progress)
{
    if (image.size.isEmpty())
        throw Error(ErrorKind::BadImage, "The picture has no pixels.");
    return torchCall("encoding the picture", [&]() -> std::shared_ptr<const ImageEmbedding> {
        m_runtime.applyThreads();
        const cuda::OwnStream stream(m_runtime.device);
        const auto side = static_cast<int>(m_config.inputSize);
        const InputGeometry geometry = {
            image.size, longestSideSize(image.size, side), {side, side}};
        const torch::Tensor input = inputOf(image, geometry);
        torch::Tensor features = m_imageEncoder->forward(input, [&](double share) {
            if (stop.stop_requested())
                throw Error(ErrorKind::Cancelled, "Preparing the picture was stopped.");
            if (progress)
                progress(share);
        });
        features = features.to(torch::kFloat32);
        cuda::finish(m_runtime.device); // what went wrong there is told here
        return std::make_shared<SamEmbedding>(geometry, features);
    });
}

/// The picture as the encoder takes it.
torch::Tensor SamSegmenter::inputOf(ImageView image, const InputGeometry &geometry) const
{
    const std::int64_t side = geometry.padded.width;
    if (cuda::haveKernelsFor(m_runtime.device))
        return cuda::deviceInput(image, geometry.resized, side, m_runtime.device,
                                 m_runtime.tensorType());
    return inputTensor(resizeBilinear(image, geometry.resized), side)
        .to(m_runtime.device, m_runtime.tensorType());
}

std::shared_ptr<const ImageEmbedding> SamSegmenter::loadEmbedding(const EmbeddingBytes &bytes)
{
    const auto side = static_cast<int>(m_config.inputSize);
    return SamEmbedding::load(bytes, {side, side},
                              {1, m_config.outChannels, m_config.grid(), m_config.grid()},
                              m_runtime.device);
}

void SamSegmenter::prepare(const ImageEmbedding &embedding)
{
    torchCall("preparing for prompts", [&] {
        m_runtime.applyThreads();
        knownOf(dynamic_cast<const SamEmbedding &>(embedding).features());
    });
}

std::vector<MaskCandidate> SamSegmenter::decode(const ImageEmbedding &embedding,
                                                const Prompt &prompt)
{
    return std::move(decodeBatch(embedding, {&prompt, 1}).front());
}

bool SamSegmenter::cutsOnDevice() const
{
    return cuda::haveKernelsFor(m_runtime.device);
}

void SamSegmenter::decodeGroups(const ImageEmbedding &embedding, std::span<const Prompt> prompts,
                                const std::function<void(const Answers &)> &use)
{
    for (const Prompt &prompt : prompts)
        checkPrompt(prompt, m_info.logitsSize);
    const torch::Tensor &features = dynamic_cast<const SamEmbedding &>(embedding).features();
    m_runtime.applyThreads();
    for (const auto &group : groupAlike(prompts, promptsAtOnce(m_runtime))) {
        const PromptTensors tensors = promptTensors(prompts, group, embedding.geometry());
        const bool multimask = prompts[group.front()].multimaskOutput();
        const MaskRange wanted{multimask ? 1 : 0, multimask ? m_config.maskTokens - 1 : 1};
        if (cutsOnDevice() && ClickDecoder::takes(tensors)) {
            const MaskDecoder::Result all = m_clickDecoder.decode(features, tensors);
            use({group, all.logits.narrow(1, wanted.first, wanted.count),
                 all.iou.narrow(1, wanted.first, wanted.count)});
            continue;
        }
        const MaskDecoder::Result result =
            decodePrompts(m_promptEncoder, m_maskDecoder, features, tensors.to(m_runtime.device),
                          {wanted, tensors.masks.defined() ? nullptr : knownOf(features)});
        use({group, result.logits, result.iou});
    }
}

const KnownImage *SamSegmenter::knownOf(const torch::Tensor &features)
{
    if (!features.is_same(m_knownFeatures)) {
        m_known = m_maskDecoder.known(features, m_promptEncoder.densePositions(),
                                      m_promptEncoder.noMask());
        m_knownFeatures = m_known ? features : torch::Tensor();
    }
    return m_known ? &*m_known : nullptr;
}

std::vector<std::vector<MaskCandidate>> SamSegmenter::decodeBatch(const ImageEmbedding &embedding,
                                                                  std::span<const Prompt> prompts)
{
    return torchCall("decoding a mask", [&] {
        if (!cutsOnDevice())
            return fullSizeMasks(decodeLogits(embedding, prompts), embedding.geometry());
        std::vector<std::vector<MaskCandidate>> candidates(prompts.size());
        decodeGroups(embedding, prompts, [&](const Answers &answers) {
            const std::vector<cuda::DeviceMask> masks = cuda::cutOnDevice(
                answers.logits.flatten(0, 1), embedding.geometry(), defaultStabilityOffset);
            const auto host = cuda::toHost({answers.logits, answers.iou});
            const auto count = static_cast<std::size_t>(host[1].size(1));
            for (const std::size_t member : answers.members)
                candidates[member].resize(count);
            shareOut(masks.size(), [&](std::size_t i) {
                candidates[answers.members[i / count]][i % count] = {
                    core::decode(masks[i].mask), lowResLogits(host[0], i),
                    host[1].data_ptr<float>()[i], masks[i].stabilityScore};
            });
        });
        return candidates;
    });
}

std::vector<std::vector<ScoredLogits>> SamSegmenter::decodeLogits(const ImageEmbedding &embedding,
                                                                  std::span<const Prompt> prompts)
{
    return torchCall("decoding a mask", [&] {
        std::vector<std::vector<ScoredLogits>> scored(prompts.size());
        decodeGroups(embedding, prompts, [&](const Answers &answers) {
            const auto host = cuda::toHost({answers.logits, answers.iou});
            const auto count = static_cast<std::size_t>(host[1].size(1));
            for (std::size_t i = 0; i < answers.members.size() * count; ++i)
                scored[answers.members[i / count]].push_back(
                    {lowResLogits(host[0], i), host[1].data_ptr<float>()[i]});
        });
        return scored;
    });
}

std::vector<std::vector<ScoredRuns>> SamSegmenter::decodeRuns(const ImageEmbedding &embedding,
                                                              std::span<const Prompt> prompts,
                                                              const RunFilter &filter)
{
    return torchCall("decoding masks", [&] {
        if (!cutsOnDevice())
            return Segmenter::decodeRuns(embedding, prompts, filter);
        std::vector<std::vector<ScoredRuns>> found(prompts.size());
        decodeGroups(embedding, prompts, [&](const Answers &answers) {
            const std::int64_t count = answers.iou.size(1);
            const torch::Tensor iou = cuda::toHost(answers.iou);
            std::vector<std::int64_t> chosen;
            for (std::int64_t i = 0; i < iou.numel(); ++i)
                if (iou.data_ptr<float>()[i] > filter.predictedIouAbove)
                    chosen.push_back(i);
            if (chosen.empty())
                return;
            torch::Tensor logits = answers.logits.flatten(0, 1);
            if (static_cast<std::int64_t>(chosen.size()) < iou.numel())
                logits = logits.index_select(0, torch::tensor(chosen).to(m_runtime.device));
            std::vector<cuda::DeviceMask> masks =
                cuda::cutOnDevice(logits, embedding.geometry(), filter.stabilityOffset);
            for (std::size_t i = 0; i < chosen.size(); ++i)
                found[answers.members[static_cast<std::size_t>(chosen[i] / count)]].push_back(
                    {std::move(masks[i].mask), iou.data_ptr<float>()[chosen[i]],
                     masks[i].stabilityScore});
        });
        return found;
    });
}

} // namespace core::sam
