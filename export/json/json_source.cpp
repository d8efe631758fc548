// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_source.h"

#include "core/file/file_error.h"
#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

constexpr std::size_t windowSize = std::size_t{1} << 20;
constexpr std::size_t mostBytes = std::size_t{1} << 29;

[[noreturn]] void refuseFile(const std::filesystem::path &file, const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, file.string() + " " + why);
}

/// "line 3, column 14" of a byte; told rarely, so the file is read again for it.
std::string placeOf(const std::filesystem::path &file, std::uint64_t position)
{
    std::ifstream stream(file, std::ios::binary);
    std::uint64_t line = 1, column = 1;
    char buffer[1 << 14];
    for (std::uint64_t left = position; left > 0 && stream;) {
        stream.read(buffer, std::streamsize(std::min<std::uint64_t>(left, sizeof buffer)));
        const auto got = static_cast<std::size_t>(stream.gcount());
        for (const char c : std::string_view(buffer, got)) {
            ++column;
            if (c == '\n') {
                ++line;
                column = 1;
            }
        }
        left -= got;
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

[[noreturn]] void refuseSyntax(const std::filesystem::path &file, std::uint64_t position)
{
    refuseFile(file, "is not valid JSON at " + placeOf(file, position) + ".");
}

} // namespace

JsonSource::JsonSource(const std::filesystem::path &file, std::stop_token stop,
                       ReadProgress progress)
    : m_file(file), m_stop(std::move(stop)), m_progress(std::move(progress)),
      m_window(std::make_unique_for_overwrite<char[]>(windowSize)), m_capacity(windowSize)
{
    // Without waiting: a pipe without a writer is refused below.
    m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0)
        throw core::readError(file, errno);
    struct stat status = {};
    const int failure = ::fstat(m_descriptor, &status) == 0 ? 0 : errno;
    const bool isFolder = failure == 0 && S_ISDIR(status.st_mode);
    const bool isPlain = failure == 0 && S_ISREG(status.st_mode);
    try {
        if (failure != 0 || isFolder)
            throw core::readError(file, isFolder ? EISDIR : failure);
        if (!isPlain)
            throw core::Error(core::ErrorKind::FileUnreadable,
                              file.string() + " is no plain file, which reading it twice needs.");
        m_size = static_cast<std::uint64_t>(status.st_size);
        fill();
        if (std::string_view(m_window.get(), m_end).starts_with("\xef\xbb\xbf")) // byte order mark
            m_at = 3;
        const char first = peek();
        m_isList = first == '[';
        if (first != '[' && first != '{') {
            const std::string_view rest(m_window.get() + m_at, m_end - m_at);
            if (Json::accept(rest))
                refuseFile(m_file, "holds a single value, no lists of annotations.");
            refuseSyntax(m_file, position());
        }
        ++m_at;
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
}

JsonSource::~JsonSource()
{
    ::close(m_descriptor);
}

void JsonSource::look() const
{
    if (m_stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled,
                          "Reading " + m_file.string() + " was stopped.");
    if (m_progress && m_size > 0)
        m_progress(std::min(1.0, double(position()) / double(m_size)));
}

/// More bytes behind those that are there, from m_at on. False at the end of the file.
bool JsonSource::fill()
{
    look();
    if (m_at > 0) {
        std::memmove(m_window.get(), m_window.get() + m_at, m_end - m_at);
        m_base += m_at;
        m_end -= m_at;
        m_at = 0;
    }
    if (m_end == m_capacity) {
        if (m_capacity >= mostBytes)
            refuse("has more than " + std::to_string(mostBytes) + " bytes in one piece");
        auto larger = std::make_unique_for_overwrite<char[]>(m_capacity * 2);
        std::memcpy(larger.get(), m_window.get(), m_end);
        m_window = std::move(larger);
        m_capacity *= 2;
    }
    ssize_t got = -1;
    do {
        got = ::read(m_descriptor, m_window.get() + m_end, m_capacity - m_end);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        throw core::readError(m_file, errno);
    m_end += static_cast<std::size_t>(got);
    return got > 0;
}

void JsonSource::breaksOff()
{
    refuseFile(m_file, "breaks off at " + placeOf(m_file, m_base + m_end) +
                           "; it was not written to its end.");
}

void JsonSource::refuse(const std::string &why) const
{
    refuseFile(m_file, why + " (" + (m_key.empty() ? "the list" : m_key) + "[" +
                           std::to_string(m_index) + "], " + placeOf(m_file, position()) + ").");
}

void JsonSource::skipSpace()
{
    for (;;) {
        m_at = skipJsonSpace({m_window.get(), m_end}, m_at);
        if (m_at < m_end || !fill())
            return;
    }
}

/// The next character that is no white space.
char JsonSource::peek()
{
    skipSpace();
    if (m_at == m_end)
        breaksOff();
    return m_window[m_at];
}

JsonPiece JsonSource::takeValue(std::size_t depth)
{
    peek();
    for (;;) {
        const std::string_view text(m_window.get(), m_end);
        const JsonExtent extent = jsonValueEnd(text, m_at, depth);
        switch (extent.kind) {
        case JsonExtent::Kind::BreaksOff:
            if (!fill())
                breaksOff();
            continue;
        case JsonExtent::Kind::Mismatch:
            refuseSyntax(m_file, m_base + extent.end);
        case JsonExtent::Kind::NestsTooDeep:
            refuseFile(m_file, "is nested deeper than " + std::to_string(deepestJson) +
                                   " levels at " + placeOf(m_file, m_base + extent.end) + ".");
        case JsonExtent::Kind::Found:
            break;
        }
        const std::string_view value = text.substr(m_at, extent.end - m_at);
        const JsonPiece piece{value, position(), hasTooManyValues(value)};
        m_at = extent.end;
        return piece;
    }
}

void JsonSource::finish()
{
    skipSpace();
    if (m_at < m_end)
        refuseSyntax(m_file, position());
    if (m_progress)
        m_progress(1);
}

std::optional<std::string> JsonSource::nextKey()
{
    if (peek() == '}') {
        ++m_at;
        finish();
        return {};
    }
    if (!std::exchange(m_isFirst, false)) {
        if (peek() != ',')
            refuseSyntax(m_file, position());
        ++m_at;
    }
    if (peek() != '"')
        refuseSyntax(m_file, position());
    std::string key = parseJson(m_file, takeValue(1)).get<std::string>();
    if (peek() != ':')
        refuseSyntax(m_file, position());
    ++m_at;
    peek();
    m_key = key;
    m_index = 0;
    return key;
}

bool JsonSource::openList()
{
    if (peek() != '[')
        return false;
    ++m_at;
    m_isFirst = true;
    m_index = 0;
    return true;
}

void JsonSource::openListAt(std::uint64_t position, std::string key)
{
    if (::lseek(m_descriptor, static_cast<off_t>(position), SEEK_SET) < 0)
        throw core::readError(m_file, errno);
    m_base = position;
    m_at = m_end = 0;
    m_key = std::move(key);
    if (!openList())
        refuseFile(m_file, "has something else than a list under \"" + m_key + "\".");
}

std::optional<JsonPiece> JsonSource::nextElement()
{
    if (peek() == ']') {
        ++m_at;
        m_isFirst = false; // in the object around
        if (m_isList)
            finish();
        return {};
    }
    if (!std::exchange(m_isFirst, false)) {
        if (peek() != ',')
            refuseSyntax(m_file, position());
        ++m_at;
    }
    if (m_index % 64 == 0)
        look();
    const JsonPiece piece = takeValue(m_isList ? 1 : 2);
    ++m_index;
    return piece;
}

JsonPiece JsonSource::value()
{
    return takeValue(1);
}

void JsonSource::skip()
{
    if (!openList()) {
        takeValue(1);
        return;
    }
    while (nextElement()) {
    }
}

} // namespace exporters
