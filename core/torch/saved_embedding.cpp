// SPDX-License-Identifier: Apache-2.0
#include "core/torch/saved_embedding.h"

#include "core/error.h"
#include "core/torch/checkpoint/safetensors.h"
#include "core/torch/torch_call.h"

#include <sstream>

namespace core
{
namespace
{

const std::string kindKey = "embedding";
const std::string geometryKey = "geometry";
const std::string channelsLast = ".channels_last";

bool isChannelsLast(const torch::Tensor &tensor)
{
    return tensor.dim() == 4 && !tensor.is_contiguous() &&
           tensor.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

std::string geometryText(const InputGeometry &geometry)
{
    std::ostringstream text;
    for (const Size size : {geometry.original, geometry.resized, geometry.padded})
        text << size.width << ' ' << size.height << ' ';
    return text.str();
}

std::optional<InputGeometry> parseGeometry(const std::string &text)
{
    std::istringstream numbers(text);
    InputGeometry geometry;
    for (Size *size : {&geometry.original, &geometry.resized, &geometry.padded}) {
        numbers >> size->width >> size->height;
        if (!numbers || size->isEmpty())
            return std::nullopt;
    }
    return geometry;
}

} // namespace

std::vector<std::byte> saveEmbedding(const std::string &kind, const ImageEmbedding &embedding,
                                     const StateDict &tensors)
{
    return torchCall("keeping an embedding", [&] {
        StateDict plain;
        for (const auto &[name, tensor] : tensors) {
            if (!tensor.defined())
                continue;
            if (isChannelsLast(tensor))
                plain.emplace(name + channelsLast, tensor.permute({0, 2, 3, 1}));
            else
                plain.emplace(name, tensor);
        }
        return safetensorsBytes(
            plain, {{kindKey, kind}, {geometryKey, geometryText(embedding.geometry())}});
    });
}

std::optional<SavedEmbedding> savedEmbedding(const std::string &kind, const EmbeddingBytes &bytes)
{
    try {
        return torchCall("reading a kept embedding", [&]() -> std::optional<SavedEmbedding> {
            std::map<std::string, std::string> facts;
            const StateDict plain = readSafetensors(*bytes, "a kept embedding", bytes, &facts);
            const auto geometry = parseGeometry(facts[geometryKey]);
            if (facts[kindKey] != kind || !geometry)
                return std::nullopt;
            SavedEmbedding saved{*geometry, {}};
            for (const auto &[name, tensor] : plain) {
                if (!name.ends_with(channelsLast))
                    saved.tensors.emplace(name, tensor);
                else if (tensor.dim() == 4)
                    saved.tensors.emplace(name.substr(0, name.size() - channelsLast.size()),
                                          tensor.permute({0, 3, 1, 2}));
            }
            return saved;
        });
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::OutOfMemory)
            throw;
        return std::nullopt;
    }
}

} // namespace core
