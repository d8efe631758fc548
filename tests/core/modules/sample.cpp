// SPDX-License-Identifier: Apache-2.0
#include "sample.h"

#include "core/error.h"
#include "core/file/module_file.h"

static void fail(core::ErrorKind kind)
{
    throw core::Error(kind, "as asked");
}

static const SampleFunctions functions{&fail};

const char *const maskwrightModuleBuild = SAMPLE_BUILD;
const void *const maskwrightModuleTable = &functions;
