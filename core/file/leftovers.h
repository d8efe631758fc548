// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace core
{

/// Deletes what AtomicFile left in `folder` when its program was killed: files called like a target
/// for which `isOurs` holds, with ".part-", a process and a number behind. Only for targets that no
/// other program writes at the time.
void removeLeftovers(const std::filesystem::path &folder,
                     const std::function<bool(const std::string &targetName)> &isOurs);

} // namespace core
