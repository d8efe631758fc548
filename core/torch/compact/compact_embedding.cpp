// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_embedding.h"

#include "core/segmentation/resize_longest_side.h"
#include "core/torch/saved_embedding.h"
#include "core/torch/torch_call.h"

#include <array>

namespace core::compact
{
namespace
{

const std::string kind = "compact 1";

struct NamedMap {
    const char *name;
    torch::Tensor ImageFeatures::*map;
    int stride; ///< pixels of the padded picture per cell
    int (*channels)(const CompactConfig &);
};

template <int CompactConfig::*width>
constexpr int widthOf(const CompactConfig &config)
{
    return config.*width;
}

template <int channels>
constexpr int always(const CompactConfig &)
{
    return channels;
}

constexpr std::array maps = {
    NamedMap{"embedding", &ImageFeatures::embedding, 16, widthOf<&CompactConfig::embedding>},
    NamedMap{"stride8", &ImageFeatures::stride8, 8, widthOf<&CompactConfig::stride8>},
    NamedMap{"stride4", &ImageFeatures::stride4, 4, widthOf<&CompactConfig::stride4>},
    NamedMap{"head8", &ImageFeatures::head8, 8, widthOf<&CompactConfig::stride8>},
    NamedMap{"head4", &ImageFeatures::head4, 4, always<coarseChannels>},
    NamedMap{"head2", &ImageFeatures::head2, 2, always<fineChannels>},
    NamedMap{"similarity8", &ImageFeatures::similarity8, 8, always<similarityLength>},
    NamedMap{"similarity4", &ImageFeatures::similarity4, 4, always<similarityLength>},
    NamedMap{"similarity2", &ImageFeatures::similarity2, 2, always<fineSimilarityLength>},
};

int padded(int side)
{
    return (side + compactStride - 1) / compactStride * compactStride;
}

Size logitsSizeOf(const InputGeometry &geometry)
{
    return {geometry.padded.width / compactMaskStride, geometry.padded.height / compactMaskStride};
}

bool fits(const torch::Tensor &map, const NamedMap &named, Size picture,
          const CompactConfig &config)
{
    return map.is_floating_point() &&
           map.sizes() == torch::IntArrayRef{1, named.channels(config),
                                             picture.height / named.stride,
                                             picture.width / named.stride};
}

} // namespace

InputGeometry geometryOf(Size original, int longSide)
{
    const Size resized = longestSideSize(original, longSide);
    return {original, resized, {padded(resized.width), padded(resized.height)}};
}

CompactEmbedding::CompactEmbedding(const InputGeometry &geometry, ImageFeatures f)
    : TorchEmbedding(geometry, logitsSizeOf(geometry)), features(std::move(f))
{
}

std::vector<std::byte> CompactEmbedding::save() const
{
    StateDict tensors;
    for (const NamedMap &named : maps)
        tensors.emplace(named.name, features.*named.map);
    return saveEmbedding(kind, *this, tensors);
}

std::shared_ptr<const CompactEmbedding> CompactEmbedding::load(const EmbeddingBytes &bytes,
                                                               const CompactConfig &config,
                                                               int longSide, torch::Device device)
{
    const auto saved = savedEmbedding(kind, bytes);
    if (!saved || saved->geometry != geometryOf(saved->geometry.original, longSide))
        return nullptr;
    return torchCall("reading a kept embedding", [&]() -> std::shared_ptr<const CompactEmbedding> {
        ImageFeatures features;
        for (const NamedMap &named : maps) {
            const auto map = saved->tensors.find(named.name);
            if (map == saved->tensors.end() ||
                !fits(map->second, named, saved->geometry.padded, config))
                return nullptr;
            // A GPU may have made it in another type; on the CPU decoding is in fp32.
            const auto type = device.is_cpu() ? torch::kFloat : map->second.scalar_type();
            features.*named.map =
                map->second.to(device, type).contiguous(at::MemoryFormat::ChannelsLast);
        }
        return std::make_shared<CompactEmbedding>(saved->geometry, std::move(features));
    });
}

} // namespace core::compact
