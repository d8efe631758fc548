// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX-512F, see CMakeLists.txt; called only where the processor has it.
namespace
{
constexpr int lanes = 16;
constexpr int tileRows = 8;
} // namespace

#include "core/cpu/kernel_body.h"
#include "core/cpu/kernel_depthwise.h"
#include "core/cpu/kernel_maps.h"

namespace core::cpu
{

extern const Kernels kernelsAvx512;
const Kernels kernelsAvx512 = {"AVX-512",      panelWidth,  multiply,        attend,
                               gelu,           normalize,   normalizeAndAdd, scaleRows,
                               exponentials,   gather,      softmaxOfGroups, softmaxOfColumns,
                               greatest,       add,         depthwise,       winogradInput,
                               winogradOutput, addEnlarged, unitRows};

} // namespace core::cpu
