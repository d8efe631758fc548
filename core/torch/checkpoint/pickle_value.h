// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace core::pickle
{

struct Value;
/// Values belong to the reader that made them; nobody owns another, so cycles and depth cost
/// nothing.
using Reference = Value *;

struct None {
};
struct Mark {
};
struct List {
    std::vector<Reference> items;
};
struct Tuple {
    std::vector<Reference> items;
};
struct Dict {
    std::vector<std::pair<Reference, Reference>> items;
};
/// The callables that may be named; they are tags here, nothing is ever called.
enum class Callable { OrderedDict, RebuildTensor, RebuildParameter, Size };
struct Dtype {
    torch::ScalarType type;
};
/// A storage named by the checkpoint; its bytes lie elsewhere in the file.
struct Storage {
    torch::ScalarType type = torch::kFloat32;
    std::string key;
    std::int64_t elements = 0;
    std::int64_t viewOffset = 0; ///< elements before it in the storage the bytes are filed under
};
/// A view of a storage, not yet checked against it.
struct Tensor {
    Storage storage;
    std::int64_t offset = 0; ///< elements
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides; ///< elements
};

struct Value {
    std::variant<None, Mark, bool, std::int64_t, double, std::string, List, Tuple, Dict, Callable,
                 Dtype, Storage, Tensor>
        content;

    template <typename Type>
    Type *as()
    {
        return std::get_if<Type>(&content);
    }
};

} // namespace core::pickle
