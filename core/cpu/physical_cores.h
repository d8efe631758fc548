// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

namespace core::cpu
{

/// The processors (threads of cores) that this process may run on, by the system's numbers; empty
/// where it does not tell.
std::vector<int> ownProcessors();

/// How many cores those are: threads of one core count once. 0 where `system`, laid out as Linux's
/// /sys/devices/system/cpu, does not tell.
int physicalCores(const std::vector<int> &processors = ownProcessors(),
                  const std::filesystem::path &system = "/sys/devices/system/cpu");

} // namespace core::cpu
