// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/pth.h"

#include "core/error.h"
#include "core/torch/checkpoint/pickle_reader.h"
#include "core/torch/checkpoint/pickled_tensors.h"
#include "core/torch/checkpoint/zip_directory.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

namespace core
{

namespace
{

[[noreturn]] void fail(const std::string &fileName, const std::string &what)
{
    throw Error(ErrorKind::BadCheckpoint,
                fileName + " cannot be read as a checkpoint: " + what + ".");
}

/// The pickle of the number 0x1950a86a20f9469cfc6c, with which the older form begins.
constexpr std::array<unsigned char, 15> legacyMagic = {
    0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e};

void refuseBigEndian(const std::string &fileName, bool littleEndian)
{
    if (!littleEndian)
        fail(fileName, "its numbers are big-endian; save it again on an ordinary machine");
}

/// Types of the storages a pickle's tensors refer to, by key.
void collectStorages(pickle::Reference root, std::map<std::string, torch::ScalarType> &types)
{
    // Without recursion and without visiting anything twice: the file decides how deep and how
    // often.
    std::vector<pickle::Reference> waiting = {root};
    std::set<pickle::Reference> seen;
    while (!waiting.empty()) {
        const pickle::Reference value = waiting.back();
        waiting.pop_back();
        if (!seen.insert(value).second)
            continue;
        if (const auto *tensor = value->as<pickle::Tensor>())
            types.emplace(tensor->storage.key, tensor->storage.type);
        else if (const auto *storage = value->as<pickle::Storage>())
            types.emplace(storage->key, storage->type);
        else if (const auto *list = value->as<pickle::List>())
            waiting.insert(waiting.end(), list->items.begin(), list->items.end());
        else if (const auto *tuple = value->as<pickle::Tuple>())
            waiting.insert(waiting.end(), tuple->items.begin(), tuple->items.end());
        else if (const auto *dict = value->as<pickle::Dict>())
            for (const auto &[key, item] : dict->items)
                waiting.push_back(item);
    }
}

} // namespace

StateDict readZipPth(std::span<const std::byte> bytes, const std::string &fileName,
                     const std::shared_ptr<const void> &owner)
{
    const auto members = readZipDirectory(bytes, fileName);
    const auto program = std::ranges::find_if(members, [](const auto &member) {
        return member.first == "data.pkl" || member.first.ends_with("/data.pkl");
    });
    if (program == members.end())
        fail(fileName, "it is a zip archive without a data.pkl");
    const std::string folder =
        program->first.substr(0, program->first.size() - std::string_view("data.pkl").size());
    if (const auto order = members.find(folder + "byteorder"); order != members.end())
        refuseBigEndian(fileName, order->second.size() == 6 &&
                                      std::memcmp(order->second.data(), "little", 6) == 0);
    pickle::Reader reader(program->second, fileName);
    const pickle::Reference root = reader.read();
    const StorageBytes storageBytes = [&](const std::string &key) {
        const auto found = members.find(folder + "data/" + key);
        if (found == members.end())
            fail(fileName, "it lacks the member \"data/" + key + "\"");
        return found->second;
    };
    return pickledTensors(root, storageBytes, bytes.size(), fileName, owner);
}

bool looksLikeLegacyPth(std::span<const std::byte> bytes)
{
    return bytes.size() >= legacyMagic.size() &&
           std::memcmp(bytes.data(), legacyMagic.data(), legacyMagic.size()) == 0;
}

StateDict readLegacyPth(std::span<const std::byte> bytes, const std::string &fileName,
                        const std::shared_ptr<const void> &owner)
{
    // Magic number, protocol version, facts about the writer, the object, the keys of the storages.
    pickle::Reader reader(bytes.subspan(legacyMagic.size()), fileName);
    reader.read();
    if (const auto *facts = reader.read()->as<pickle::Dict>())
        for (const auto &[key, value] : facts->items)
            if (key->as<std::string>() && *key->as<std::string>() == "little_endian")
                refuseBigEndian(fileName, value->as<bool>() && *value->as<bool>());
    const pickle::Reference root = reader.read();
    std::map<std::string, torch::ScalarType> types;
    collectStorages(root, types);
    const auto *keys = reader.read()->as<pickle::List>();
    if (!keys)
        fail(fileName, "it has no list of its storages");

    auto rest = bytes.subspan(legacyMagic.size() + reader.position());
    std::map<std::string, std::span<const std::byte>> storages;
    for (const pickle::Reference keyValue : keys->items) {
        const std::string *key = keyValue->as<std::string>();
        const auto type = key ? types.find(*key) : types.end();
        if (type == types.end())
            fail(fileName, "it lists a storage that no tensor uses");
        std::uint64_t elements = 0;
        if (rest.size() < sizeof elements)
            fail(fileName, "it is cut off; copy or download the file again");
        std::memcpy(&elements, rest.data(), sizeof elements);
        rest = rest.subspan(sizeof elements);
        const std::size_t elementSize = torch::elementSize(type->second);
        if (elements > rest.size() / elementSize)
            fail(fileName, "it is cut off; copy or download the file again");
        storages.emplace(*key, rest.first(elements * elementSize));
        rest = rest.subspan(elements * elementSize);
    }
    const StorageBytes storageBytes = [&](const std::string &key) {
        const auto found = storages.find(key);
        if (found == storages.end())
            fail(fileName, "it lacks the storage \"" + key + "\"");
        return found->second;
    };
    return pickledTensors(root, storageBytes, bytes.size(), fileName, owner);
}

} // namespace core
