// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/pickled_tensors.h"

#include "core/error.h"
#include "core/torch/checkpoint/shape_text.h"
#include "core/torch/checkpoint/tensor_view.h"

#include <array>

namespace core
{

namespace
{

/// Where training scripts keep the weights among other things.
constexpr std::array<std::string_view, 7> wrappers = {
    "state_dict", "model", "model_state_dict", "model_state", "module", "network", "weights"};

class Resolver
{
public:
    Resolver(const StorageBytes &storageBytes, std::size_t fileSize, const std::string &fileName,
             const std::shared_ptr<const void> &owner)
        : m_storageBytes(storageBytes), m_budget(4 * fileSize + (16u << 20)), m_fileName(fileName),
          m_owner(owner)
    {
    }

    torch::Tensor resolve(const std::string &name, const pickle::Tensor &tensor)
    {
        const auto count = elementCount(tensor.shape);
        if (!count || tensor.shape.size() != tensor.strides.size())
            fail(name, "has the impossible shape " + shapeText(tensor.shape));
        // Views may share bytes, but not make a small file a huge model.
        const std::uint64_t bytes =
            static_cast<std::uint64_t>(*count) * torch::elementSize(tensor.storage.type);
        if (bytes > m_budget)
            fail(name, "makes the tensors claim far more bytes than the file holds");
        m_budget -= bytes;
        if (*count > 0 && !fits(tensor))
            fail(name, "reaches beyond the bytes it is stored in");
        const torch::Tensor storage = storageTensor(name, tensor.storage);
        if (*count == 0)
            return torch::empty(tensor.shape, tensor.storage.type);
        return storage.as_strided(tensor.shape, tensor.strides,
                                  tensor.offset + tensor.storage.viewOffset);
    }

private:
    [[noreturn]] void fail(const std::string &name, const std::string &what) const
    {
        throw Error(ErrorKind::BadCheckpoint, "In " + m_fileName + " the tensor \"" + name + "\" " +
                                                  what +
                                                  "; the file is damaged or was made to do harm.");
    }

    /// Whether the last element lies within the storage; every side is at least 1.
    static bool fits(const pickle::Tensor &tensor)
    {
        const std::int64_t last = tensor.storage.elements - 1;
        std::int64_t reached = tensor.offset;
        if (reached < 0 || reached > last)
            return false;
        for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
            const std::int64_t steps = tensor.shape[axis] - 1;
            const std::int64_t stride = tensor.strides[axis];
            if (steps > 0 && stride > (last - reached) / steps)
                return false;
            reached += steps * stride;
        }
        return true;
    }

    /// The whole storage as one row, made once for all tensors that share it.
    torch::Tensor storageTensor(const std::string &name, const pickle::Storage &storage)
    {
        const std::size_t elementSize = torch::elementSize(storage.type);
        const auto bytes = m_storageBytes(storage.key);
        const auto held = static_cast<std::int64_t>(bytes.size() / elementSize);
        if (storage.elements > held || storage.viewOffset > held - storage.elements)
            fail(name, "should be stored in " + std::to_string(storage.elements) +
                           " numbers where there are " + std::to_string(held));
        torch::Tensor &tensor = m_storages[{storage.key, storage.type}];
        if (!tensor.defined())
            tensor = tensorOver(bytes.first(static_cast<std::size_t>(held) * elementSize),
                                storage.type, {held}, m_owner);
        return tensor;
    }

    const StorageBytes &m_storageBytes;
    std::uint64_t m_budget;
    const std::string &m_fileName;
    std::shared_ptr<const void> m_owner;
    std::map<std::pair<std::string, torch::ScalarType>, torch::Tensor> m_storages;
};

/// The dictionary that holds tensors: the root, or what it wraps, a few levels down.
pickle::Dict *dictionaryOfTensors(pickle::Reference value)
{
    for (int level = 0; level < 4 && value != nullptr; ++level) {
        pickle::Dict *dict = value->as<pickle::Dict>();
        if (!dict)
            return nullptr;
        for (const auto &[key, item] : dict->items)
            if (item->as<pickle::Tensor>())
                return dict;
        value = nullptr;
        for (const std::string_view wrapper : wrappers)
            for (const auto &[key, item] : dict->items)
                if (!value && key->as<std::string>() && *key->as<std::string>() == wrapper &&
                    item->as<pickle::Dict>())
                    value = item;
    }
    return nullptr;
}

} // namespace

StateDict pickledTensors(pickle::Reference root, const StorageBytes &storageBytes,
                         std::size_t fileSize, const std::string &fileName,
                         const std::shared_ptr<const void> &owner)
{
    const pickle::Dict *dict = dictionaryOfTensors(root);
    if (!dict)
        throw Error(ErrorKind::BadCheckpoint,
                    fileName + " holds no dictionary of tensors; save the model's state_dict.");
    Resolver resolver(storageBytes, fileSize, fileName, owner);
    StateDict tensors;
    for (const auto &[key, item] : dict->items)
        if (key->as<std::string>() && item->as<pickle::Tensor>())
            tensors.insert_or_assign(
                *key->as<std::string>(),
                resolver.resolve(*key->as<std::string>(), *item->as<pickle::Tensor>()));
    return tensors;
}

} // namespace core
