// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/kernels.h"

#include <algorithm>
#include <cstdlib>

namespace core::cpu
{

#ifdef MASKWRIGHT_X86_KERNELS
extern const Kernels kernelsAvx2;
extern const Kernels kernelsAvx512;
extern const Kernels kernelsAvx512Bf16;
#endif

std::vector<const Kernels *> allKernels()
{
    std::vector<const Kernels *> found;
#ifdef MASKWRIGHT_X86_KERNELS
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f");
    if (avx512 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512bf16"))
        found.push_back(&kernelsAvx512Bf16);
    if (avx512)
        found.push_back(&kernelsAvx512);
    if (avx2)
        found.push_back(&kernelsAvx2);
#endif
    return found;
}

const Kernels *kernelsNamed(std::string_view name)
{
    const std::vector<const Kernels *> all = allKernels();
    if (all.empty() || name == "none")
        return nullptr;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Kernels *one) { return one->name == name; });
    return found == all.end() ? all.front() : *found;
}

const Kernels *kernels()
{
    static const Kernels *const chosen = [] {
        const char *name = std::getenv("MASKWRIGHT_CPU_KERNELS");
        return kernelsNamed(name ? name : "");
    }();
    return chosen;
}

std::ptrdiff_t keysAtOnce(std::ptrdiff_t keyCount, std::ptrdiff_t side, std::ptrdiff_t panel)
{
    constexpr std::ptrdiff_t wanted =
        512; // scores of 64 queries and their keys: half of a megabyte
    if (keyCount <= wanted)
        return keyCount;
    std::ptrdiff_t rows = std::max<std::ptrdiff_t>(wanted / side, 1);
    while (rows * side % panel != 0)
        ++rows;
    return std::min(rows * side, keyCount);
}

std::ptrdiff_t attentionScratch(std::ptrdiff_t queryCount, std::ptrdiff_t keyCount,
                                std::ptrdiff_t side, std::ptrdiff_t panel)
{
    const std::ptrdiff_t width = (keysAtOnce(keyCount, side, panel) + panel - 1) / panel * panel;
    return queryCount * (width + 2);
}

} // namespace core::cpu
