// SPDX-License-Identifier: Apache-2.0
// The module's only symbols that are seen outside.
#include "core/file/module_file.h"
#include "core/torch/module/torch_functions.h"

static const core::TorchFunctions functions{&core::loadSegmenter, &core::loadDefaultSegmenter};

const char *const maskwrightModuleBuild = core::moduleBuild;
const void *const maskwrightModuleTable = &functions;
