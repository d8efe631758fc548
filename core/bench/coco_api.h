// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace core
{

/// COCO's own C functions, found at run time in a shared library made of its maskApi.c: nothing of
/// it is needed to build this. Columns before rows: its masks are column-major bytes.
struct CocoApi {
    /// As the library lays it out; `counts` belongs to the library.
    struct Rle {
        unsigned long height = 0, width = 0, length = 0;
        unsigned *counts = nullptr;
    };

    /// The library stays loaded. Throws Error(FileNotFound) or Error(FileUnreadable).
    explicit CocoApi(const std::filesystem::path &library);

    void (*encode)(Rle *, const unsigned char *, unsigned long height, unsigned long width,
                   unsigned long count);
    void (*decode)(const Rle *, unsigned char *, unsigned long count);
    void (*merge)(const Rle *, Rle *, unsigned long count, int intersect);
    void (*area)(const Rle *, unsigned long count, unsigned *areas);
    void (*iou)(Rle *, Rle *, unsigned long, unsigned long, unsigned char *isCrowd, double *values);
    void (*box)(const Rle *, double *xywh, unsigned long count);
    char *(*toString)(const Rle *);
    void (*fromString)(Rle *, char *, unsigned long height, unsigned long width);
    void (*free)(Rle *);
};

} // namespace core
