// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <filesystem>
#include <type_traits>

namespace ui
{

/// A path to show, with forward slashes. Never throws: bytes that are no UTF-8, which a file's name
/// may have, become replacement characters, and there is no way back from them to the file.
inline QString pathText(const std::filesystem::path &path)
{
    if constexpr (std::is_same_v<std::filesystem::path::value_type, wchar_t>)
        return QString::fromStdWString(path.generic_wstring());
    else
        return QString::fromStdString(path.native());
}

/// Whether pathText() says all of it.
inline bool isText(const std::filesystem::path &path)
{
    return !pathText(path).contains(QChar::ReplacementCharacter);
}

} // namespace ui
