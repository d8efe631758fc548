// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/load_segmenter.h"

#include <string>

namespace core
{

/// The best of a few products of two side x side matrices on the chosen device and threads, in the
/// precision the models' encoders would run in there, through the BLAS: GFLOP/s. The ceiling that
/// stage times are compared with.
double gemmRate(int side, const SegmenterOptions &options = {});

/// The same product as a 1x1 convolution, which is how the models multiply on the CPU: GFLOP/s.
double convolutionRate(int side, const SegmenterOptions &options = {});

/// The same by the program's own kernels for the processor; 0 where there are none.
double kernelRate(int side, const SegmenterOptions &options);

/// File of the BLAS library that is loaded, or "LibTorch's own" when none is found.
std::string blasLibrary();

/// A sentence for the user when the loaded BLAS is the reference one, which is ten times slower
/// than others; empty otherwise.
std::string slowBlasWarning();

} // namespace core
