// SPDX-License-Identifier: Apache-2.0
// What a checkpoint's pickle may name, and what naming it means here.
#include "core/error.h"
#include "core/torch/checkpoint/pickle_reader.h"

#include <algorithm>
#include <array>
#include <optional>

namespace core::pickle
{

namespace
{

struct NamedType {
    std::string_view storage; ///< torch.FloatStorage
    std::string_view dtype;   ///< torch.float32
    torch::ScalarType type;
};

constexpr std::array<NamedType, 10> namedTypes = {{
    {"DoubleStorage", "float64", torch::kFloat64},
    {"FloatStorage", "float32", torch::kFloat32},
    {"HalfStorage", "float16", torch::kFloat16},
    {"BFloat16Storage", "bfloat16", torch::kBFloat16},
    {"LongStorage", "int64", torch::kInt64},
    {"IntStorage", "int32", torch::kInt32},
    {"ShortStorage", "int16", torch::kInt16},
    {"CharStorage", "int8", torch::kInt8},
    {"ByteStorage", "uint8", torch::kUInt8},
    {"BoolStorage", "bool", torch::kBool},
}};

std::optional<Callable> callableOf(std::string_view module, std::string_view name)
{
    if (module == "collections" && name == "OrderedDict")
        return Callable::OrderedDict;
    if (module == "torch._utils" && (name == "_rebuild_tensor_v2" || name == "_rebuild_tensor"))
        return Callable::RebuildTensor;
    if (module == "torch._utils" && name == "_rebuild_parameter")
        return Callable::RebuildParameter;
    if (module == "torch" && name == "Size")
        return Callable::Size;
    return std::nullopt;
}

/// Printable, and short enough for a message: the text comes from the file.
std::string shown(std::string_view text)
{
    std::string result(text.substr(0, 80));
    std::ranges::replace_if(
        result, [](unsigned char c) { return c < 32 || c > 126; }, '?');
    return result;
}

} // namespace

void Reader::pushGlobal(std::string_view module, std::string_view name)
{
    if (const auto callable = callableOf(module, name))
        return push(*callable);
    if (module == "torch" || module == "torch.storage") {
        for (const NamedType &named : namedTypes)
            if (name == named.storage || name == named.dtype)
                return push(Dtype{named.type});
    }
    fail("it wants to run \"" + shown(module) + "." + shown(name) +
         "\", which a file of weights has no need of; do not trust it. Weights alone, saved as "
         "state_dict or .safetensors, can be read");
}

/// ("storage", type, key, location, elements[, view]) is the only thing a checkpoint files outside
/// its pickle.
void Reader::pushStorage(Reference persistentId)
{
    const Tuple *tuple = persistentId->as<Tuple>();
    if (!tuple || tuple->items.size() < 5)
        fail("its pickle refers to something that is no storage");
    const auto &items = tuple->items;
    const std::string *kind = items[0]->as<std::string>();
    const Dtype *type = items[1]->as<Dtype>();
    const std::string *key = items[2]->as<std::string>();
    const std::int64_t *elements = items[4]->as<std::int64_t>();
    if (!kind || *kind != "storage" || !type || !key || !elements || *elements < 0)
        fail("its pickle refers to something that is no storage");
    Storage storage{type->type, *key, *elements, 0};
    if (items.size() > 5 && items[5]->as<Tuple>()) { // (key, first element, elements) of a view
        const auto &view = items[5]->as<Tuple>()->items;
        const std::int64_t *offset = view.size() == 3 ? view[1]->as<std::int64_t>() : nullptr;
        const std::int64_t *viewed = view.size() == 3 ? view[2]->as<std::int64_t>() : nullptr;
        if (!offset || !viewed || *offset < 0 || *viewed < 0 || *offset > *elements ||
            *viewed > *elements - *offset)
            fail("its pickle holds an impossible view of a storage");
        storage.viewOffset = *offset;
        storage.elements = *viewed;
    }
    push(std::move(storage));
}

std::vector<std::int64_t> Reader::integers(Reference value) const
{
    const Tuple *tuple = value->as<Tuple>();
    if (!tuple)
        fail("its pickle gives a tensor a shape that is no list of numbers");
    std::vector<std::int64_t> result;
    for (const Reference item : tuple->items) {
        const std::int64_t *number = item->as<std::int64_t>();
        if (!number || *number < 0)
            fail("its pickle gives a tensor a shape that is no list of numbers");
        result.push_back(*number);
    }
    return result;
}

Tensor Reader::rebuildTensor(const std::vector<Reference> &arguments) const
{
    if (arguments.size() < 4 || !arguments[0]->as<Storage>() || !arguments[1]->as<std::int64_t>())
        fail("its pickle rebuilds a tensor from something that is no storage");
    return {*arguments[0]->as<Storage>(), *arguments[1]->as<std::int64_t>(), integers(arguments[2]),
            integers(arguments[3])};
}

void Reader::call()
{
    const Reference argumentsValue = pop();
    const Reference function = pop();
    const Tuple *tuple = argumentsValue->as<Tuple>();
    const Callable *callable = function->as<Callable>();
    if (!tuple || !callable)
        fail("its pickle calls something that is no function");
    const auto &arguments = tuple->items;
    switch (*callable) {
    case Callable::OrderedDict:
        push(Dict{});
        if (!arguments.empty()) { // written by Python 2: one list of pairs
            const List *pairs = arguments[0]->as<List>();
            for (const Reference pair : pairs ? pairs->items : std::vector<Reference>()) {
                auto *items = pair->as<List>()    ? &pair->as<List>()->items
                              : pair->as<Tuple>() ? &pair->as<Tuple>()->items
                                                  : nullptr;
                if (!items || items->size() != 2)
                    fail("its pickle fills a dictionary with something that is no pair");
                setItems(*items);
            }
        }
        break;
    case Callable::RebuildTensor:
        push(rebuildTensor(arguments));
        break;
    case Callable::RebuildParameter:
        if (arguments.empty() || !arguments[0]->as<Tensor>())
            fail("its pickle makes a parameter of something that is no tensor");
        m_stack.push_back(arguments[0]);
        break;
    case Callable::Size:
        if (arguments.empty())
            push(Tuple{});
        else
            m_stack.push_back(arguments[0]);
        break;
    }
}

/// A state_dict carries its `_metadata` as an attribute of the dictionary; nothing else may get
/// attributes.
void Reader::build()
{
    pop();
    if (!top()->as<Dict>())
        fail("its pickle gives attributes to something that is no dictionary");
}

} // namespace core::pickle
