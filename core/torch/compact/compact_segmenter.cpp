// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_segmenter.h"

#include "core/cpu/kernels.h"
#include "core/error.h"
#include "core/segmentation/box_cut.h"
#include "core/segmentation/prompted_components.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/weights_digest.h"
#include "core/torch/compact/compact_embedding.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/compact/compact_prompts.h"
#include "core/torch/compact/mask_statistics.h"
#include "core/torch/full_size_masks.h"
#include "core/torch/one_thread.h"
#include "core/torch/sam/prompt_tensors.h"
#include "core/torch/torch_call.h"

#include <algorithm>
#include <optional>

namespace core::compact
{
namespace
{

/// Prompts decoded at once; each holds a few maps of half the picture's size.
std::size_t promptsAtOnce(const Runtime &runtime)
{
    return runtime.smallBatches ? 1 : 16;
}

/// (1, 3, H, W) floats of 0 to 255, the last column and row repeated into the padding.
torch::Tensor paddedPixels(const Image &image, Size size)
{
    const auto bytes = torch::from_blob(const_cast<std::uint8_t *>(image.pixels.data()),
                                        {1, image.size.height, image.size.width, 3}, torch::kByte);
    const auto floats = bytes.permute({0, 3, 1, 2}).to(torch::kFloat);
    return at::replication_pad2d(
        floats, {0, size.width - image.size.width, 0, size.height - image.size.height});
}

/// The predicted IoU by which candidates are ranked. The IoU head is the weakest part of a small
/// model; a candidate that the single mask, trained for the likeliest meaning, agrees with is the
/// safer suggestion. The share was chosen on held-out scenes.
float rankedIou(const PromptMasks &masks, std::size_t mask)
{
    constexpr float agreementShare = 0.5;
    if (mask == 0)
        return masks.iou[0];
    return masks.iou[mask] * (1 - agreementShare) + masks.agreement[mask] * agreementShare;
}

bool isEmpty(const LowResLogits &logits)
{
    return std::none_of(logits.values.begin(), logits.values.end(),
                        [](float value) { return value > 0; });
}

/// Shifts the logits so that what was above `cut` is above 0.
void cutAtZero(LowResLogits &logits, float cut)
{
    for (float &value : logits.values)
        value -= cut;
}

/// The answers to a prompt: the three ambiguity-aware masks, or the single one.
std::vector<ScoredLogits> answersOf(PromptMasks masks, const ImageEmbedding &embedding,
                                    const Prompt &prompt)
{
    const bool multimask = prompt.multimaskOutput();
    std::vector<ScoredLogits> answers;
    for (std::size_t m = multimask ? 1 : 0; m < (multimask ? masks.logits.size() : 1); ++m) {
        LowResLogits one{embedding.logitsSize(), std::move(masks.logits[m])};
        if (prompt.isBoxAlone())
            cutAtZero(one, boxCut(one, embedding.geometry(), *prompt.box));
        // The model learnt connected regions only: what lies apart from the prompt is a mistake.
        keepPromptedComponents(one, embedding.geometry(), prompt);
        answers.push_back({std::move(one), rankedIou(masks, m)});
    }
    return answers;
}

/// Of one prompt: (4, h, w) logits, (4) IoU and (3) agreement on the CPU.
PromptMasks promptMasks(const torch::Tensor &logits, const torch::Tensor &iou,
                        const torch::Tensor &agreement)
{
    PromptMasks masks{};
    for (std::size_t m = 0; m < masks.logits.size(); ++m) {
        const auto i = std::int64_t(m);
        const auto map = logits[i].contiguous();
        masks.logits[m].assign(map.data_ptr<float>(), map.data_ptr<float>() + map.numel());
        masks.iou[m] = iou[i].item<float>();
        masks.agreement[m] = m == 0 ? 1 : agreement[i - 1].item<float>();
    }
    return masks;
}

} // namespace

CompactSegmenter::CompactSegmenter(CompactModel model, const std::string &modelName,
                                   const Runtime &runtime, int longSide)
    : m_model(std::move(model)), m_runtime(runtime), m_longSide(longSide)
{
    m_info.architecture = "Maskwright compact";
    m_info.modelName = modelName;
    m_info.device = runtime.kind();
    m_info.gpuProblem = runtime.gpuProblem;
    m_info.precision = runtime.precisionName();
    m_info.inputSize = {longSide, longSide};
    m_info.gainsByLookingCloser = true;
    for (const auto &parameter : m_model->parameters())
        m_info.parameterCount += std::size_t(parameter.numel());
    m_model->eval();
    m_model->foldNorms();
    m_model->to(runtime.device);
    if (!runtime.device.is_cpu() || !cpu::kernels())
        return;
    // What is packed is not kept twice in memory.
    const auto empty = [](const torch::nn::Module &part) {
        const torch::NoGradGuard noGrad;
        for (const auto &parameter : part.parameters())
            parameter.set_data(torch::empty({0}));
    };
    if (runtime.precision == torch::kFloat32) {
        const torch::NoGradGuard noGrad;
        m_cpuEncoder = std::make_unique<CpuImageEncoder>(m_model);
    }
    if (CpuMaskDecoder::canServe(m_model))
        m_cpuDecoder = std::make_unique<CpuMaskDecoder>(m_model);
    if (m_cpuEncoder)
        empty(*m_model->imageEncoder);
    if (m_cpuEncoder && m_cpuDecoder) { // an encoder that stays asks the decoder for its maps
        empty(*m_model->promptEncoder);
        empty(*m_model->maskDecoder);
    }
}

CompactSegmenter::CompactSegmenter(const StateDict &tensors, const std::string &modelName,
                                   const Runtime &runtime)
    : CompactSegmenter(compactModelFrom(tensors, modelName), modelName, runtime)
{
    m_info.weightsDigest = core::weightsDigest(tensors);
}

std::shared_ptr<const ImageEmbedding>
CompactSegmenter::encode(ImageView image, std::stop_token stop, const EncodeProgress &progress)
{
    if (image.size.isEmpty())
        throw Error(ErrorKind::BadImage, "The picture has no pixels.");
    return torchCall("encoding the picture", [&]() -> std::shared_ptr<const ImageEmbedding> {
        m_runtime.applyThreads();
        const InputGeometry geometry = geometryOf(image.size, m_longSide);
        const Image resized = resizeBilinear(image, geometry.resized);
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Preparing the picture was stopped.");
        const auto pixels = paddedPixels(resized, geometry.padded).to(m_runtime.device);
        ImageFeatures maps = features(normalizedPixels(pixels, m_runtime.precision));
        if (progress)
            progress(1);
        return std::make_shared<CompactEmbedding>(geometry, std::move(maps));
    });
}

ImageFeatures CompactSegmenter::features(const torch::Tensor &pixels)
{
    if (m_cpuEncoder)
        return (*m_cpuEncoder)(pixels);
    const ImageFeatures maps = m_model->encode(pixels);
    // On the CPU only what is large enough gains by rounding.
    return m_runtime.device.is_cpu() ? maps.inFloat32() : maps;
}

std::shared_ptr<const ImageEmbedding> CompactSegmenter::loadEmbedding(const EmbeddingBytes &bytes)
{
    return CompactEmbedding::load(bytes, m_model->config, m_longSide, m_runtime.device);
}

std::vector<MaskCandidate> CompactSegmenter::decode(const ImageEmbedding &embedding,
                                                    const Prompt &prompt)
{
    return std::move(decodeBatch(embedding, std::span(&prompt, 1)).front());
}

std::vector<std::vector<MaskCandidate>>
CompactSegmenter::decodeBatch(const ImageEmbedding &embedding, std::span<const Prompt> prompts)
{
    return torchCall("decoding a mask", [&] {
        return fullSizeMasks(decodeLogits(embedding, prompts), embedding.geometry());
    });
}

std::vector<std::vector<ScoredLogits>>
CompactSegmenter::decodeLogits(const ImageEmbedding &embedding, std::span<const Prompt> prompts)
{
    const auto &own = dynamic_cast<const CompactEmbedding &>(embedding);
    for (const Prompt &prompt : prompts)
        sam::checkPrompt(prompt, own.logitsSize());
    return torchCall("decoding a mask", [&] {
        m_runtime.applyThreads();
        std::vector<std::vector<ScoredLogits>> answers = decodeOnce(own, prompts);
        lookOverBoxes(own, prompts, answers);
        return answers;
    });
}

/// A box says little of what is in it: asked about it again, with an answer, the model asks itself
/// once more with its own, which mends borders and gaps. After clicks it does not gain by that, and
/// a first answer is better left rough for the closer look that follows.
void CompactSegmenter::lookOverBoxes(const CompactEmbedding &embedding,
                                     std::span<const Prompt> prompts,
                                     std::vector<std::vector<ScoredLogits>> &answers)
{
    std::vector<std::size_t> which;
    std::vector<Prompt> again;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const LowResLogits &answer = answers[i].front().logits;
        if (!prompts[i].isBoxAlone() || !prompts[i].previous || prompts[i].multimaskOutput() ||
            isEmpty(answer))
            continue;
        which.push_back(i);
        again.push_back(prompts[i]);
        again.back().previous = answer;
    }
    std::vector<std::vector<ScoredLogits>> mended = decodeOnce(embedding, again);
    for (std::size_t i = 0; i < which.size(); ++i)
        if (!isEmpty(mended[i].front().logits))
            answers[which[i]] = std::move(mended[i]);
}

std::vector<std::vector<ScoredLogits>>
CompactSegmenter::decodeOnce(const CompactEmbedding &embedding, std::span<const Prompt> prompts)
{
    return m_cpuDecoder ? decodeByKernels(embedding, prompts) : decodeByModules(embedding, prompts);
}

std::vector<std::vector<ScoredLogits>>
CompactSegmenter::decodeByKernels(const CompactEmbedding &embedding,
                                  std::span<const Prompt> prompts)
{
    std::vector<std::vector<ScoredLogits>> answers;
    for (const Prompt &prompt : prompts) {
        PromptMasks masks = (*m_cpuDecoder)(
            embedding.features,
            {.tokens = promptTokens(prompt, embedding.geometry()),
             .previous = prompt.previous ? prompt.previous->values.data() : nullptr});
        answers.push_back(answersOf(std::move(masks), embedding, prompt));
    }
    return answers;
}

std::vector<std::vector<ScoredLogits>>
CompactSegmenter::decodeByModules(const CompactEmbedding &embedding,
                                  std::span<const Prompt> prompts)
{
    std::vector<std::vector<ScoredLogits>> answers(prompts.size());
    for (const auto &group : sam::groupAlike(prompts, promptsAtOnce(m_runtime))) {
        std::optional<OneThread> alone;
        if (group.size() == 1)
            alone.emplace();
        const auto batch =
            promptBatch(prompts, group, embedding.geometry(), embedding.logitsSize());
        const auto decoded = m_model->decode(embedding.features, batch.to(m_runtime.device));
        const auto agreement = agreementWithSingle(decoded.logits).cpu();
        const auto logits = decoded.logits.cpu(), iou = decoded.iou.cpu();
        for (std::size_t i = 0; i < group.size(); ++i) {
            const auto number = std::int64_t(i);
            answers[group[i]] =
                answersOf(promptMasks(logits[number], iou[number], agreement[number]), embedding,
                          prompts[group[i]]);
        }
    }
    return answers;
}

} // namespace core::compact
