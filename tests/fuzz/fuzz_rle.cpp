// SPDX-License-Identifier: Apache-2.0
#include "check_runs.h"

#include <cstddef>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::checkRuns({data, size});
    return 0;
}
