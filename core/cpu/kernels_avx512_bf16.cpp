// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX-512F, AVX-512BW and AVX512-BF16, see CMakeLists.txt; called only where the
// processor has them.
namespace
{
constexpr int lanes = 16;
constexpr int tileRows = 8;
} // namespace

// First: the templates of the other find what is in it only where it comes before them.
#include "core/cpu/kernel_pairs.h"

#include "core/cpu/kernel_body.h"
#include "core/cpu/kernel_depthwise.h"
#include "core/cpu/kernel_maps.h"

namespace core::cpu
{

static const Bf16Kernels bf16Kernels = {multiply, attend, roundRow, roundColumns};

extern const Kernels kernelsAvx512Bf16;
const Kernels kernelsAvx512Bf16 = {"AVX512-BF16",  panelWidth,  multiply,        attend,
                                   gelu,           normalize,   normalizeAndAdd, scaleRows,
                                   exponentials,   gather,      softmaxOfGroups, softmaxOfColumns,
                                   greatest,       add,         depthwise,       winogradInput,
                                   winogradOutput, addEnlarged, unitRows,        &bf16Kernels};

} // namespace core::cpu
