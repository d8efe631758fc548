// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dlfcn.h>

#include <memory>
#include <stdexcept>
#include <string>

/// COCO's own C functions, found at run time in a shared library made of its maskApi.c: nothing of
/// it is needed to build this. Columns before rows: its masks are column-major bytes.
struct CocoApi {
    /// As the library lays it out; `counts` belongs to the library.
    struct Rle {
        unsigned long height = 0, width = 0, length = 0;
        unsigned *counts = nullptr;
    };

    explicit CocoApi(const std::string &path) : m_library(dlopen(path.c_str(), RTLD_NOW))
    {
        if (!m_library)
            throw std::runtime_error(dlerror());
        find(encode, "rleEncode");
        find(decode, "rleDecode");
        find(merge, "rleMerge");
        find(area, "rleArea");
        find(iou, "rleIou");
        find(box, "rleToBbox");
        find(toString, "rleToString");
        find(fromString, "rleFrString");
        find(init, "rleInit");
        find(free, "rleFree");
    }

    void (*encode)(Rle *, const unsigned char *, unsigned long height, unsigned long width,
                   unsigned long count);
    void (*decode)(const Rle *, unsigned char *, unsigned long count);
    void (*merge)(const Rle *, Rle *, unsigned long count, int intersect);
    void (*area)(const Rle *, unsigned long count, unsigned *areas);
    void (*iou)(Rle *, Rle *, unsigned long, unsigned long, unsigned char *isCrowd, double *values);
    void (*box)(const Rle *, double *xywh, unsigned long count);
    char *(*toString)(const Rle *);
    void (*fromString)(Rle *, char *, unsigned long height, unsigned long width);
    void (*init)(Rle *, unsigned long height, unsigned long width, unsigned long, unsigned *);
    void (*free)(Rle *);

private:
    template <typename Function>
    void find(Function &function, const char *name)
    {
        function = reinterpret_cast<Function>(dlsym(m_library, name));
        if (!function)
            throw std::runtime_error(std::string("The library has no function ") + name + ".");
    }

    void *m_library;
};
