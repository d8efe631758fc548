// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX2 and FMA, see CMakeLists.txt; called only where the processor has it.
namespace
{
constexpr int lanes = 8;
constexpr int tileRows = 6;
} // namespace

#include "core/cpu/kernel_body.h"
#include "core/cpu/kernel_depthwise.h"
#include "core/cpu/kernel_maps.h"

namespace core::cpu
{

extern const Kernels kernelsAvx2;
const Kernels kernelsAvx2 = {"AVX2",         panelWidth,  multiply,        attend,
                             gelu,           normalize,   normalizeAndAdd, scaleRows,
                             exponentials,   gather,      softmaxOfGroups, softmaxOfColumns,
                             greatest,       add,         depthwise,       winogradInput,
                             winogradOutput, addEnlarged, unitRows};

} // namespace core::cpu
