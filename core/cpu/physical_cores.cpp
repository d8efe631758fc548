// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/physical_cores.h"

#include <fstream>
#include <set>
#include <string>

#ifdef __linux__
#include <sched.h>
#endif

namespace core::cpu
{

std::vector<int> ownProcessors()
{
    std::vector<int> processors;
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        for (int i = 0; i < CPU_SETSIZE; ++i)
            if (CPU_ISSET(i, &allowed))
                processors.push_back(i);
    }
#endif
    return processors;
}

int physicalCores(const std::vector<int> &processors, const std::filesystem::path &system)
{
    std::set<std::string> cores;
    for (const int processor : processors) {
        std::ifstream file(system / ("cpu" + std::to_string(processor)) / "topology" /
                           "thread_siblings_list");
        std::string siblings;
        if (!std::getline(file, siblings) || siblings.empty())
            return 0;
        cores.insert(siblings);
    }
    return static_cast<int>(cores.size());
}

} // namespace core::cpu
