// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/pickle_value.h"

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core::pickle
{

/// Reads the pickles of LibTorch checkpoints: containers, numbers, strings, and tensors as
/// descriptions of where their bytes are. It executes nothing. A pickle is a program for a stack
/// machine that may name any Python function; this reader knows the handful that rebuild tensors
/// and refuses every other by its name.
///
/// Bounded on hostile input: every length is checked against the bytes that are there, a stream
/// makes at most a million values, and nothing here is recursive. Throws Error(BadCheckpoint).
class Reader
{
public:
    Reader(std::span<const std::byte> bytes, std::string fileName);

    /// The next pickle of the stream. Values live as long as the reader.
    Reference read();

    /// Bytes consumed by the pickles read so far.
    std::size_t position() const { return m_position; }

private:
    [[noreturn]] void fail(const std::string &what) const;

    // Bytes
    std::uint8_t byte();
    std::uint64_t littleEndian(int bytes);
    std::string_view text(std::uint64_t length);
    std::string_view line();

    // Stack machine
    void execute(std::uint8_t opcode);
    template <typename Type>
    void push(Type content)
    {
        m_stack.push_back(make({std::move(content)}));
    }
    Reference make(Value value);
    Reference pop();
    Reference top();
    std::vector<Reference> popToMark();
    void remember(std::uint64_t index);
    void recall(std::uint64_t index);
    void setItems(const std::vector<Reference> &keysAndValues);
    void appendItems(const std::vector<Reference> &items);
    void pushLong(std::uint64_t bytes);

    // What may be named
    void pushGlobal(std::string_view module, std::string_view name);
    void pushStorage(Reference persistentId);
    void call();
    void build();
    Tensor rebuildTensor(const std::vector<Reference> &arguments) const;
    std::vector<std::int64_t> integers(Reference tuple) const;

    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    std::string m_fileName;
    std::deque<Value> m_values;
    std::vector<Reference> m_stack;
    std::unordered_map<std::uint64_t, Reference> m_memo;
};

} // namespace core::pickle
