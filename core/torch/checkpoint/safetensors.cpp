// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/safetensors.h"

#include "core/error.h"
#include "core/torch/checkpoint/safetensors_types.h"
#include "core/torch/checkpoint/tensor_view.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace core
{

namespace
{

using nlohmann::json;

constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit

std::uint64_t headerLength(std::span<const std::byte> bytes)
{
    std::uint64_t length = 0; // little-endian, as every machine we run on
    std::memcpy(&length, bytes.data(), sizeof length);
    return length;
}

class Reader
{
public:
    Reader(std::span<const std::byte> bytes, const std::string &name,
           std::shared_ptr<const void> owner)
        : m_name(name), m_owner(std::move(owner))
    {
        if (bytes.size() < 8)
            fail("it is only " + std::to_string(bytes.size()) + " bytes long");
        const std::uint64_t length = headerLength(bytes);
        if (length > largestHeader)
            fail("its header claims " + std::to_string(length) + " bytes");
        if (length > bytes.size() - 8)
            fail("its header is cut off; copy or download the file again");
        const char *text = reinterpret_cast<const char *>(bytes.data()) + 8;
        m_header = json::parse(text, text + length, nullptr, false);
        if (!m_header.is_object())
            fail("its header is not a JSON object");
        m_data = bytes.subspan(8 + length);
    }

    StateDict tensors()
    {
        StateDict result;
        for (const auto &[key, entry] : m_header.items())
            if (key != "__metadata__")
                result.emplace(key, tensor(key, entry));
        refuseOverlaps();
        return result;
    }

    std::map<std::string, std::string> metadata() const
    {
        std::map<std::string, std::string> result;
        if (const auto found = m_header.find("__metadata__"); found != m_header.end()) {
            if (!found->is_object())
                fail("its metadata is not a JSON object");
            for (const auto &[key, value] : found->items())
                if (value.is_string())
                    result.emplace(key, value.get<std::string>());
        }
        return result;
    }

private:
    [[noreturn]] void fail(const std::string &what) const
    {
        throw Error(ErrorKind::BadCheckpoint,
                    m_name + " is not a sound .safetensors file: " + what + ".");
    }

    std::vector<std::int64_t> integers(const std::string &key, const json &entry,
                                       const char *field) const
    {
        const auto found = entry.find(field);
        if (found == entry.end() || !found->is_array())
            fail("tensor \"" + key + "\" has no list \"" + field + "\"");
        std::vector<std::int64_t> result;
        for (const json &value : *found) {
            // A number above the signed range is stored unsigned and would wrap.
            if (!value.is_number_unsigned() ||
                value.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
                fail("tensor \"" + key + "\" has an impossible number in \"" + field + "\"");
            result.push_back(value.get<std::int64_t>());
        }
        return result;
    }

    torch::Tensor tensor(const std::string &key, const json &entry)
    {
        if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string())
            fail("tensor \"" + key + "\" has no type");
        const auto typeName = entry["dtype"].get<std::string>();
        const auto type = scalarTypeOf(typeName);
        if (!type)
            fail("tensor \"" + key + "\" is of the unsupported type " + typeName);
        const auto shape = integers(key, entry, "shape");
        const auto offsets = integers(key, entry, "data_offsets");
        const auto count = elementCount(shape);
        if (!count)
            fail("tensor \"" + key + "\" has an impossible shape");
        if (offsets.size() != 2 || offsets[0] > offsets[1])
            fail("tensor \"" + key + "\" has impossible offsets");
        const auto begin = static_cast<std::uint64_t>(offsets[0]);
        const auto end = static_cast<std::uint64_t>(offsets[1]);
        if (end > m_data.size())
            fail("tensor \"" + key + "\" ends at byte " + std::to_string(end) + " of " +
                 std::to_string(m_data.size()) +
                 "; the file is cut off, copy or download it again");
        const std::uint64_t needed = static_cast<std::uint64_t>(*count) * torch::elementSize(*type);
        if (end - begin != needed)
            fail("tensor \"" + key + "\" needs " + std::to_string(needed) + " bytes and has " +
                 std::to_string(end - begin));
        if (needed > 0)
            m_ranges.emplace(begin, end);
        m_bytesOfTensors += needed;
        return tensorOver(m_data.subspan(begin, needed), *type, shape, m_owner);
    }

    /// Tensors that share bytes are how a small file would pretend to be a big one.
    void refuseOverlaps() const
    {
        std::uint64_t previousEnd = 0;
        std::uint64_t bytes = 0;
        for (const auto &[begin, end] : m_ranges) {
            if (begin < previousEnd)
                fail("two tensors overlap at byte " + std::to_string(begin));
            previousEnd = end;
            bytes += end - begin;
        }
        if (bytes != m_bytesOfTensors)
            fail("two tensors begin at the same byte");
    }

    std::string m_name;
    std::shared_ptr<const void> m_owner;
    json m_header;
    std::span<const std::byte> m_data;
    std::map<std::uint64_t, std::uint64_t> m_ranges; ///< begin -> end of every tensor with bytes
    std::uint64_t m_bytesOfTensors = 0;
};

} // namespace

bool looksLikeSafetensors(std::span<const std::byte> bytes)
{
    return bytes.size() > 8 && headerLength(bytes) <= largestHeader && bytes[8] == std::byte('{');
}

StateDict readSafetensors(std::span<const std::byte> bytes, const std::string &name,
                          std::shared_ptr<const void> owner,
                          std::map<std::string, std::string> *metadata)
{
    Reader reader(bytes, name, std::move(owner));
    StateDict tensors = reader.tensors();
    if (metadata)
        *metadata = reader.metadata();
    return tensors;
}

StateDict readSafetensors(std::span<const std::byte> bytes, const std::string &name,
                          std::map<std::string, std::string> *metadata)
{
    return readSafetensors(bytes, name, nullptr, metadata);
}

} // namespace core
