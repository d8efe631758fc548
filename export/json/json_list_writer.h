// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/file/atomic_file.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace exporters
{

/// Writes {"info": ..., "images": [...], ...} piece by piece; each element of a list stands on a
/// line of its own. The file appears with commit().
///
/// Every function throws core::Error(FileUnwritable, DiskFull), and BadDataset for text that is not
/// UTF-8.
class JsonListWriter
{
public:
    explicit JsonListWriter(const std::filesystem::path &target);

    /// A key of the top level object and its value. `foreign`: keys that are written behind those
    /// of the value, as they are.
    void value(std::string_view key, const nlohmann::ordered_json &value,
               const core::ForeignKeys &foreign = {});
    /// The same; `json` is written as it is.
    void rawValue(std::string_view key, std::string_view json);

    /// Without a key the file itself is the list, and has nothing else.
    void openList(std::string_view key = {});
    void element(const nlohmann::ordered_json &value, const core::ForeignKeys &foreign = {});
    void closeList();

    void commit();

private:
    void key(std::string_view key);
    void text(std::string_view piece);
    void flush();

    core::AtomicFile m_file;
    std::string m_pending; ///< gathered into writes worth a system call
    bool m_isFirstKey = true;
    bool m_isFirstElement = true;
    bool m_isBareList = false;
};

} // namespace exporters
