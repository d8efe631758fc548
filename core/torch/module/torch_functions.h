// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/load_segmenter.h"

namespace core
{

/// What the module "maskwright-torch" gives the program: the functions of load_segmenter.h.
struct TorchFunctions {
    std::unique_ptr<Segmenter> (*loadSegmenter)(const std::filesystem::path &,
                                                const SegmenterOptions &);
    std::unique_ptr<Segmenter> (*loadDefaultSegmenter)(const SegmenterOptions &);
};

} // namespace core
