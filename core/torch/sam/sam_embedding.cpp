// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/sam_embedding.h"

#include "core/segmentation/resize_longest_side.h"
#include "core/torch/saved_embedding.h"
#include "core/torch/torch_call.h"

namespace core::sam
{
namespace
{

const std::string kind = "sam 1";
const std::string featuresName = "image_embedding";

} // namespace

std::vector<std::byte> SamEmbedding::save() const
{
    return saveEmbedding(kind, *this, {{featuresName, m_features}});
}

std::shared_ptr<const SamEmbedding> SamEmbedding::load(const EmbeddingBytes &bytes, Size padded,
                                                       torch::IntArrayRef shape,
                                                       torch::Device device)
{
    const auto saved = savedEmbedding(kind, bytes);
    if (!saved || saved->geometry.padded != padded ||
        saved->geometry.resized != longestSideSize(saved->geometry.original, padded.width))
        return nullptr;
    const auto features = saved->tensors.find(featuresName);
    if (features == saved->tensors.end() || features->second.sizes() != shape ||
        features->second.scalar_type() != torch::kFloat32)
        return nullptr;
    return torchCall("reading a kept embedding", [&] {
        return std::make_shared<const SamEmbedding>(saved->geometry, features->second.to(device));
    });
}

} // namespace core::sam
