// SPDX-License-Identifier: Apache-2.0
#include "core/torch/random_segmenter.h"

#include "core/torch/runtime.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/tinyvit/mobile_sam.h"
#include "core/torch/torch_call.h"

namespace core
{

std::unique_ptr<Segmenter> makeRandomSegmenter(const std::string &size,
                                               const SegmenterOptions &options)
{
    const std::string name = "random weights";
    return torchCall("making " + name, [&]() -> std::unique_ptr<Segmenter> {
        if (size == "mobile_sam")
            return std::make_unique<tinyvit::MobileSam>(
                sam::randomTensors(tinyvit::mobileSamShapes()), name, chooseRuntime(options));
        return std::make_unique<sam::SamSegmenter>(
            sam::randomSamTensors(sam::officialSamConfig(size)), name, chooseRuntime(options));
    });
}

} // namespace core
