// SPDX-License-Identifier: Apache-2.0
#include "app/cli/peak_memory.h"

#include <sys/resource.h>

namespace cli
{

std::int64_t peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
    return usage.ru_maxrss; // bytes
#else
    return std::int64_t(usage.ru_maxrss) * 1024; // kilobytes
#endif
}

} // namespace cli
