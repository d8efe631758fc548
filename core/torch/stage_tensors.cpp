// SPDX-License-Identifier: Apache-2.0
#include "core/torch/stage_tensors.h"

#include "core/error.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/torch_call.h"
#include "core/torch/torch_embedding.h"

namespace core
{

void writeStageTensors(const std::filesystem::path &file, const ImageEmbedding &embedding,
                       std::span<const MaskCandidate> candidates)
{
    const auto *own = dynamic_cast<const TorchEmbedding *>(&embedding);
    if (!own)
        throw Error(ErrorKind::FileUnwritable,
                    file.string() + " cannot be written: this model has no tensors to show.");
    torchCall("writing " + file.string(), [&] {
        std::vector<torch::Tensor> logits;
        std::vector<float> iou;
        for (const MaskCandidate &candidate : candidates) {
            logits.push_back(
                torch::tensor(candidate.logits.values)
                    .view({candidate.logits.size.height, candidate.logits.size.width}));
            iou.push_back(candidate.predictedIou);
        }
        const torch::Tensor stacked = logits.empty() ? torch::empty({0, 0, 0}) : at::stack(logits);
        writeSafetensors(file, {{"image_embedding", own->imageEmbedding().to(torch::kFloat32)},
                                {"low_res_logits", stacked},
                                {"iou_predictions", torch::tensor(iou)}});
    });
}

} // namespace core
