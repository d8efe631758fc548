// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/safetensors_types.h"

#include "core/error.h"

#include <algorithm>
#include <array>

namespace core
{

namespace
{

struct NamedType {
    std::string_view name;
    torch::ScalarType type;
};

constexpr std::array<NamedType, 10> namedTypes = {{
    {"F64", torch::kFloat64},
    {"F32", torch::kFloat32},
    {"F16", torch::kFloat16},
    {"BF16", torch::kBFloat16},
    {"I64", torch::kInt64},
    {"I32", torch::kInt32},
    {"I16", torch::kInt16},
    {"I8", torch::kInt8},
    {"U8", torch::kUInt8},
    {"BOOL", torch::kBool},
}};

} // namespace

std::optional<torch::ScalarType> scalarTypeOf(std::string_view safetensorsName)
{
    const auto found = std::ranges::find(namedTypes, safetensorsName, &NamedType::name);
    return found == namedTypes.end() ? std::nullopt : std::optional(found->type);
}

std::string safetensorsName(torch::ScalarType type)
{
    const auto found = std::ranges::find(namedTypes, type, &NamedType::type);
    if (found == namedTypes.end())
        throw Error(ErrorKind::BadCheckpoint, std::string("Tensors of type ") +
                                                  torch::toString(type) +
                                                  " cannot be written to a .safetensors file.");
    return std::string(found->name);
}

} // namespace core
