// SPDX-License-Identifier: Apache-2.0
#include "core/file/safetensors_facts.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace core
{
namespace
{

constexpr std::size_t lengthBytes = 8; // little-endian, before the header
constexpr std::size_t alignment = 8;   // of the tensors in the file

[[noreturn]] void refuse()
{
    throw Error(ErrorKind::BadCheckpoint, "What the model keeps of a picture is no safetensors "
                                          "file; this model's embeddings cannot be written.");
}

} // namespace

std::vector<std::byte> withFacts(std::span<const std::byte> bytes,
                                 const std::map<std::string, std::string> &facts)
{
    if (bytes.size() < lengthBytes)
        refuse();
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        length |= std::uint64_t(bytes[i]) << (8 * i);
    if (length > bytes.size() - lengthBytes)
        refuse();
    const auto *begin = reinterpret_cast<const char *>(bytes.data()) + lengthBytes;
    auto header = nlohmann::ordered_json::parse(begin, begin + length, nullptr, false);
    if (!header.is_object())
        refuse();
    auto &metadata = header["__metadata__"];
    if (!metadata.is_null() && !metadata.is_object())
        refuse();
    for (const auto &[key, value] : facts)
        metadata[key] = value;

    // A file name may hold any bytes; JSON may not.
    std::string text =
        header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + alignment - 1) / alignment * alignment, ' ');
    const std::span<const std::byte> tensors = bytes.subspan(lengthBytes + length);
    std::vector<std::byte> result(lengthBytes + text.size() + tensors.size());
    for (std::size_t i = 0; i < lengthBytes; ++i)
        result[i] = std::byte(std::uint64_t(text.size()) >> (8 * i));
    std::memcpy(result.data() + lengthBytes, text.data(), text.size());
    if (!tensors.empty())
        std::memcpy(result.data() + lengthBytes + text.size(), tensors.data(), tensors.size());
    return result;
}

} // namespace core
