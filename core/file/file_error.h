// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <filesystem>

namespace core
{

/// The Error for a failed open, read or map of `file`; `errorNumber` is errno as it was then.
Error readError(const std::filesystem::path &file, int errorNumber);

/// The Error for a failed create, write, sync or rename of `file`.
Error writeError(const std::filesystem::path &file, int errorNumber);

} // namespace core
