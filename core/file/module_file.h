// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace core
{

/// A module is a part of the program in a shared library of its own, loaded when it is first
/// needed: the libraries under it take longer to load than a window may take to show. It carries
/// its own copy of what it uses of `core`, none of which is seen outside, and gives the program a
/// table of functions:
///
///     const char *const maskwrightModuleBuild = core::moduleBuild; // in one source of the module
///     const void *const maskwrightModuleTable = &functions;
///
/// Values and core::Error cross as anywhere else: both sides share the compiler's runtime and the
/// headers, which is why a module of another build is refused.

/// The file of the module `name` ("maskwright-torch"), in the modules' folder, which is found from
/// where the running program lies.
std::filesystem::path moduleFile(const std::string &name);

/// Loads a module, for as long as the program runs, and gives its table. The same again for a
/// module that is loaded. From any thread. Throws Error(FileUnreadable) for what is missing, is no
/// module, lacks a library or belongs to another build.
const void *loadModule(const std::filesystem::path &file);

/// What both sides have to agree on; shown to the user when they do not.
extern const char moduleBuild[];

} // namespace core

extern "C" {
extern const char *const maskwrightModuleBuild;
extern const void *const maskwrightModuleTable;
}
