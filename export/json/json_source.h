// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/json/json_parse.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace exporters
{

/// The share of the file that is read, 0 to 1; called now and then on the reading thread.
using ReadProgress = std::function<void(double)>;

/// Walks through a JSON file of any size in the memory of its largest element:
///
///     JsonSource source(file, stop);
///     while (const auto key = source.nextKey()) {
///         if (*key == "images" && source.openList())
///             while (const auto element = source.nextElement())
///                 use(parseJson(file, *element));
///         else
///             source.skip();
///     }
///
/// What it hands out is cut by brackets and quotes; whether it is JSON shows when it is parsed.
/// Every function throws core::Error(FileUnreadable), Cancelled, and BadDataset with file and place
/// for what breaks off, has brackets that do not match, is nested deeper than deepestJson, or has
/// an element of more than 2^29 bytes.
class JsonSource
{
public:
    /// Throws core::Error(FileNotFound), too, and FileUnreadable for what is no plain file, and
    /// BadDataset for a file that holds neither an object nor a list.
    explicit JsonSource(const std::filesystem::path &file, std::stop_token stop = {},
                        ReadProgress progress = {});
    ~JsonSource();
    JsonSource(const JsonSource &) = delete;
    JsonSource &operator=(const JsonSource &) = delete;

    /// The file itself is a list, which is open already: there are no keys.
    bool isList() const { return m_isList; }

    /// The next key of the file's object, whose value must be taken before the next one is asked
    /// for: by openList() and nextElement() until there is none, value() or skip(). Nothing: the
    /// file has ended.
    std::optional<std::string> nextKey();

    /// False, and nothing happened, when the value is no list.
    bool openList();
    /// Valid until the next call of any function. Nothing: the list has ended, and with it the file
    /// if that is a list itself.
    std::optional<JsonPiece> nextElement();
    std::size_t index() const { return m_index - 1; } ///< of the element handed out last
    JsonPiece value();
    void skip();

    /// Where the value begins that comes next; openListAt() goes there again. Keys are not to be
    /// asked for after that.
    std::uint64_t position() const { return m_base + m_at; }
    void openListAt(std::uint64_t position, std::string key);

private:
    void look() const; ///< whether to stop; tells how far it is
    bool fill();
    char peek();
    void skipSpace();
    JsonPiece takeValue(std::size_t depth);
    void finish();
    [[noreturn]] void breaksOff();
    [[noreturn]] void refuse(const std::string &why) const;

    std::filesystem::path m_file;
    std::stop_token m_stop;
    ReadProgress m_progress;
    int m_descriptor = -1;
    std::uint64_t m_size = 0; ///< as it was when opened; 0: not known
    std::unique_ptr<char[]> m_window;
    std::size_t m_capacity;
    std::size_t m_at = 0;     ///< the next byte in the window
    std::size_t m_end = 0;    ///< behind its last one
    std::uint64_t m_base = 0; ///< where the window begins in the file
    bool m_isList = false;
    bool m_isFirst = true; ///< no comma is due in the innermost open container
    std::string m_key;     ///< of the list or value at hand
    std::size_t m_index = 0;
};

} // namespace exporters
