// SPDX-License-Identifier: Apache-2.0
#include "core/file/atomic_file.h"
#include "core/torch/checkpoint/safetensors_types.h"
#include "core/torch/checkpoint/state_dict.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

namespace core
{

namespace
{

struct Entry {
    const std::string *name;
    const torch::Tensor *tensor;
    std::uint64_t elementBytes;
};

/// Widest element type first, so that every tensor is aligned to its own element size without gaps.
std::vector<Entry> layOut(const StateDict &tensors)
{
    std::vector<Entry> entries;
    for (const auto &[name, tensor] : tensors)
        entries.push_back({&name, &tensor, static_cast<std::uint64_t>(tensor.element_size())});
    std::ranges::stable_sort(entries, std::greater(), &Entry::elementBytes);
    return entries;
}

/// `sink` gets the file's bytes, piece by piece.
template <typename Sink>
void put(const StateDict &tensors, const std::map<std::string, std::string> &metadata, Sink sink)
{
    const std::vector<Entry> entries = layOut(tensors);
    auto header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const Entry &entry : entries) {
        const std::uint64_t end =
            offset + static_cast<std::uint64_t>(entry.tensor->numel()) * entry.elementBytes;
        header[*entry.name] = {{"dtype", safetensorsName(entry.tensor->scalar_type())},
                               {"shape", entry.tensor->sizes().vec()},
                               {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text =
        header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');

    const std::uint64_t length = text.size();
    sink(std::as_bytes(std::span(&length, 1)));
    sink(std::as_bytes(std::span(text)));
    for (const Entry &entry : entries) {
        const torch::Tensor plain = entry.tensor->detach().to(torch::kCPU).contiguous();
        const auto bytes = static_cast<std::uint64_t>(plain.numel()) * entry.elementBytes;
        sink(std::span(static_cast<const std::byte *>(plain.data_ptr()), bytes));
    }
}

} // namespace

void writeSafetensors(const std::filesystem::path &file, const StateDict &tensors,
                      const std::map<std::string, std::string> &metadata)
{
    AtomicFile out(file);
    put(tensors, metadata, [&](std::span<const std::byte> bytes) { out.write(bytes); });
    out.commit();
}

std::vector<std::byte> safetensorsBytes(const StateDict &tensors,
                                        const std::map<std::string, std::string> &metadata)
{
    std::size_t expected = 4096; // the header, about
    for (const auto &[name, tensor] : tensors)
        expected += tensor.nbytes();
    std::vector<std::byte> all;
    all.reserve(expected);
    put(tensors, metadata, [&](std::span<const std::byte> bytes) {
        all.insert(all.end(), bytes.begin(), bytes.end());
    });
    return all;
}

} // namespace core
