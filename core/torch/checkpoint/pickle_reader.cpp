// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/pickle_reader.h"

#include "core/error.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace core::pickle
{

namespace
{

constexpr std::size_t mostValues = 1'000'000;

} // namespace

Reader::Reader(std::span<const std::byte> bytes, std::string fileName)
    : m_bytes(bytes), m_fileName(std::move(fileName))
{
}

void Reader::fail(const std::string &what) const
{
    throw Error(ErrorKind::BadCheckpoint,
                m_fileName + " cannot be read as a checkpoint: " + what + ".");
}

std::uint8_t Reader::byte()
{
    if (m_position >= m_bytes.size())
        fail("its pickle is cut off; copy or download the file again");
    return std::to_integer<std::uint8_t>(m_bytes[m_position++]);
}

std::uint64_t Reader::littleEndian(int bytes)
{
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i)
        value |= std::uint64_t(byte()) << (8 * i);
    return value;
}

std::string_view Reader::text(std::uint64_t length)
{
    if (length > m_bytes.size() - m_position)
        fail("its pickle is cut off; copy or download the file again");
    const auto *begin = reinterpret_cast<const char *>(m_bytes.data()) + m_position;
    m_position += length;
    return {begin, length};
}

std::string_view Reader::line()
{
    const auto *begin = reinterpret_cast<const char *>(m_bytes.data()) + m_position;
    const std::string_view rest(begin, m_bytes.size() - m_position);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos)
        fail("its pickle is cut off; copy or download the file again");
    m_position += end + 1;
    return rest.substr(0, end);
}

Reference Reader::make(Value value)
{
    if (m_values.size() >= mostValues)
        fail("its pickle holds more than a million values");
    m_values.push_back(std::move(value));
    return &m_values.back();
}

Reference Reader::top()
{
    if (m_stack.empty())
        fail("its pickle takes from an empty stack");
    return m_stack.back();
}

Reference Reader::pop()
{
    const Reference value = top();
    m_stack.pop_back();
    return value;
}

std::vector<Reference> Reader::popToMark()
{
    std::size_t mark = m_stack.size();
    while (mark > 0 && !m_stack[mark - 1]->as<Mark>())
        --mark;
    if (mark == 0)
        fail("its pickle lacks a mark");
    std::vector<Reference> items(m_stack.begin() + static_cast<std::ptrdiff_t>(mark),
                                 m_stack.end());
    m_stack.resize(mark - 1);
    return items;
}

void Reader::remember(std::uint64_t index)
{
    m_memo[index] = top();
}

void Reader::recall(std::uint64_t index)
{
    const auto found = m_memo.find(index);
    if (found == m_memo.end())
        fail("its pickle recalls a value that was never stored");
    m_stack.push_back(found->second);
}

void Reader::setItems(const std::vector<Reference> &keysAndValues)
{
    Dict *dict = top()->as<Dict>();
    if (!dict || keysAndValues.size() % 2 != 0)
        fail("its pickle fills something that is no dictionary");
    for (std::size_t i = 0; i < keysAndValues.size(); i += 2)
        dict->items.emplace_back(keysAndValues[i], keysAndValues[i + 1]);
}

void Reader::appendItems(const std::vector<Reference> &items)
{
    List *list = top()->as<List>();
    if (!list)
        fail("its pickle appends to something that is no list");
    list->items.insert(list->items.end(), items.begin(), items.end());
}

/// Two's complement of any length; nothing in a checkpoint needs more than 64 bits.
void Reader::pushLong(std::uint64_t bytes)
{
    if (bytes > 8)
        fail("its pickle holds a number of " + std::to_string(bytes) + " bytes");
    std::uint64_t value = littleEndian(static_cast<int>(bytes));
    if (bytes > 0 && bytes < 8 && (value >> (8 * bytes - 1) & 1) != 0)
        value |= ~std::uint64_t(0) << (8 * bytes);
    push(static_cast<std::int64_t>(value));
}

Reference Reader::read()
{
    m_stack.clear();
    m_memo.clear();
    while (true) {
        const std::uint8_t opcode = byte();
        if (opcode == '.')
            return pop();
        execute(opcode);
    }
}

void Reader::execute(std::uint8_t opcode)
{
    const auto number = [this](std::string_view digits) {
        std::int64_t value = 0;
        const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (result.ec != std::errc())
            fail("its pickle holds an impossible number");
        return value;
    };
    switch (opcode) {
    case 0x80: // PROTO
        byte();
        break;
    case 0x95: // FRAME
        littleEndian(8);
        break;
    case '(': // MARK
        push(Mark{});
        break;
    case '0': // POP
        pop();
        break;
    case '1': // POP_MARK
        popToMark();
        break;
    case '2': // DUP
        m_stack.push_back(top());
        break;
    case 'N': // NONE
        push(None{});
        break;
    case 0x88: // NEWTRUE
        push(true);
        break;
    case 0x89: // NEWFALSE
        push(false);
        break;
    case 'I': { // INT, also the old booleans
        const std::string_view digits = line();
        if (digits == "00" || digits == "01")
            push(digits == "01");
        else
            push(number(digits));
        break;
    }
    case 'L': // LONG
        push(number(line()));
        break;
    case 'J': // BININT
        push(std::int64_t(static_cast<std::int32_t>(littleEndian(4))));
        break;
    case 'K': // BININT1
        push(std::int64_t(byte()));
        break;
    case 'M': // BININT2
        push(static_cast<std::int64_t>(littleEndian(2)));
        break;
    case 0x8a: // LONG1
        pushLong(byte());
        break;
    case 0x8b: // LONG4
        pushLong(littleEndian(4));
        break;
    case 'F': { // FLOAT
        double value = 0;
        const std::string_view digits = line();
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        push(value);
        break;
    }
    case 'G': { // BINFLOAT, the one big-endian number of the format
        std::uint64_t bits = 0;
        for (int i = 0; i < 8; ++i)
            bits = bits << 8 | byte();
        push(std::bit_cast<double>(bits));
        break;
    }
    case 'X': // BINUNICODE
    case 'T': // BINSTRING
    case 'B': // BINBYTES
        push(std::string(text(littleEndian(4))));
        break;
    case 0x8c: // SHORT_BINUNICODE
    case 'U':  // SHORT_BINSTRING
    case 'C':  // SHORT_BINBYTES
        push(std::string(text(byte())));
        break;
    case 0x8d: // BINUNICODE8
    case 0x8e: // BINBYTES8
        push(std::string(text(littleEndian(8))));
        break;
    case 'V': // UNICODE
        push(std::string(line()));
        break;
    case ']': // EMPTY_LIST
        push(List{});
        break;
    case 'l': // LIST
        push(List{popToMark()});
        break;
    case 'a': { // APPEND
        const Reference item = pop();
        appendItems({item});
        break;
    }
    case 'e': { // APPENDS
        const auto items = popToMark();
        appendItems(items);
        break;
    }
    case ')': // EMPTY_TUPLE
        push(Tuple{});
        break;
    case 't': // TUPLE
        push(Tuple{popToMark()});
        break;
    case 0x85: // TUPLE1, TUPLE2, TUPLE3
    case 0x86:
    case 0x87: {
        std::vector<Reference> items(opcode - 0x84u);
        for (auto item = items.rbegin(); item != items.rend(); ++item)
            *item = pop();
        push(Tuple{std::move(items)});
        break;
    }
    case '}': // EMPTY_DICT
        push(Dict{});
        break;
    case 'd': { // DICT
        const auto items = popToMark();
        push(Dict{});
        setItems(items);
        break;
    }
    case 's': { // SETITEM
        const Reference value = pop();
        const Reference key = pop();
        setItems({key, value});
        break;
    }
    case 'u': { // SETITEMS
        const auto items = popToMark();
        setItems(items);
        break;
    }
    case 'p': // PUT
        remember(static_cast<std::uint64_t>(number(line())));
        break;
    case 'q': // BINPUT
        remember(byte());
        break;
    case 'r': // LONG_BINPUT
        remember(littleEndian(4));
        break;
    case 0x94: // MEMOIZE
        remember(m_memo.size());
        break;
    case 'g': // GET
        recall(static_cast<std::uint64_t>(number(line())));
        break;
    case 'h': // BINGET
        recall(byte());
        break;
    case 'j': // LONG_BINGET
        recall(littleEndian(4));
        break;
    case 'c': { // GLOBAL
        const std::string_view module = line();
        pushGlobal(module, line());
        break;
    }
    case 0x93: { // STACK_GLOBAL
        const Reference name = pop();
        const Reference module = pop();
        if (!name->as<std::string>() || !module->as<std::string>())
            fail("its pickle names a function by something that is no text");
        pushGlobal(*module->as<std::string>(), *name->as<std::string>());
        break;
    }
    case 'Q': // BINPERSID
        pushStorage(pop());
        break;
    case 'R': // REDUCE
        call();
        break;
    case 'b': // BUILD
        build();
        break;
    default:
        fail("its pickle holds the instruction " + std::to_string(opcode) +
             ", which no checkpoint needs");
    }
}

} // namespace core::pickle
