// SPDX-License-Identifier: Apache-2.0
#include "core/file/module_file.h"

#include "core/error.h"

#include <string_view>

#include <dlfcn.h>

namespace core
{

namespace fs = std::filesystem;

const char moduleBuild[] = MASKWRIGHT_VERSION " (" MASKWRIGHT_COMPILER ")";

fs::path moduleFile(const std::string &name)
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return (program.parent_path() / MASKWRIGHT_MODULE_FOLDER / (name + ".so")).lexically_normal();
}

const void *loadModule(const fs::path &file)
{
    const auto refuse = [&](const std::string &why) {
        throw Error(ErrorKind::FileUnreadable, "This part of the program, \"" + file.string() +
                                                   "\", " + why + " Install Maskwright anew.");
    };
    if (std::error_code error; !fs::exists(file, error))
        refuse("is missing.");
    // By its absolute path: a bare name would be looked for where the system keeps its own.
    void *const handle = dlopen(fs::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        refuse(std::string("cannot be loaded: ") + dlerror() + ".");
    const auto *const build =
        static_cast<const char *const *>(dlsym(handle, "maskwrightModuleBuild"));
    const auto *const table =
        static_cast<const void *const *>(dlsym(handle, "maskwrightModuleTable"));
    if (!build || !table)
        refuse("is no module of Maskwright.");
    if (std::string_view(*build) != moduleBuild) {
        refuse(std::string("belongs to another build, ") + *build + ", and this is " + moduleBuild +
               ".");
    }
    return *table;
}

} // namespace core
