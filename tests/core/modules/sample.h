// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

/// Of the modules that tst_module_file loads.
struct SampleFunctions {
    void (*fail)(core::ErrorKind); ///< throws
};
