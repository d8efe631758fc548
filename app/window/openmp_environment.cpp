// SPDX-License-Identifier: Apache-2.0
#include "app/window/openmp_environment.h"

#include <cstdlib>
#include <utility>

#ifdef __linux__
#include <unistd.h>
#endif

void setOpenMpEnvironment(char **arguments)
{
#ifdef __linux__
    // The mark keeps a second start from happening whatever the variables are.
    if (std::getenv("MASKWRIGHT_STARTED")) {
        unsetenv("MASKWRIGHT_STARTED"); // not for the programs that this one starts
        return;
    }
    setenv("MASKWRIGHT_STARTED", "1", 1);
    bool changed = false;
    for (const auto &[name, value] :
         {std::pair("OMP_WAIT_POLICY", "passive"), std::pair("GOMP_SPINCOUNT", "0")}) {
        changed |= std::getenv(name) == nullptr;
        setenv(name, value, 0);
    }
    if (changed)
        execv("/proc/self/exe",
              arguments); // comes back only on failure: then it works, only slower
#else
    (void)arguments;
#endif
}
