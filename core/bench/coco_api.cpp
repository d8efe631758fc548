// SPDX-License-Identifier: Apache-2.0
#include "core/bench/coco_api.h"

#include "core/error.h"

#include <string>
#include <type_traits>

#if __has_include(<dlfcn.h>)
#include <dlfcn.h>
#endif

namespace core
{

CocoApi::CocoApi(const std::filesystem::path &library)
{
    const std::string name = library.string();
    const auto refuse = [&](const std::string &why) {
        throw Error(ErrorKind::FileUnreadable, "'" + name + "' cannot be used: " + why +
                                                   ". Make a shared library of COCO's maskApi.c.");
    };
    if (std::error_code error; !std::filesystem::exists(library, error))
        throw Error(ErrorKind::FileNotFound, "There is no library '" + name + "'.");
#if __has_include(<dlfcn.h>)
    // By its absolute path: a bare name would be looked for where the system keeps its own.
    void *const handle = dlopen(std::filesystem::absolute(library).c_str(), RTLD_NOW);
    if (!handle)
        refuse(dlerror());
    const auto find = [&](auto &function, const char *symbol) {
        function =
            reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, symbol));
        if (!function)
            refuse(std::string("it has no function ") + symbol);
    };
    find(encode, "rleEncode");
    find(decode, "rleDecode");
    find(merge, "rleMerge");
    find(area, "rleArea");
    find(iou, "rleIou");
    find(box, "rleToBbox");
    find(toString, "rleToString");
    find(fromString, "rleFrString");
    find(free, "rleFree");
#else
    refuse("libraries cannot be looked up on this system");
#endif
}

} // namespace core
