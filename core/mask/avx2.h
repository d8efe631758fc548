// SPDX-License-Identifier: Apache-2.0
#pragma once

// For functions with instructions that not every x86 has: MASKWRIGHT_AVX2 is defined where they can
// be compiled, goes before such a function, and hasAvx2() says whether it may be called.
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define MASKWRIGHT_AVX2 __attribute__((target("avx2,popcnt")))

namespace core
{

inline bool hasAvx2()
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

} // namespace core
#endif
