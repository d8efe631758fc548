// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_segmenter.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/torch_call.h"

#include <span>

// resources/model/default_model.S.in
extern "C" const std::byte maskwrightDefaultModelBegin[];
extern "C" const std::byte maskwrightDefaultModelEnd[];

namespace core
{

std::unique_ptr<Segmenter> loadDefaultSegmenter(const SegmenterOptions &options)
{
    return torchCall("loading the default model", [&]() -> std::unique_ptr<Segmenter> {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        cuda::giveBackUnused(); // of the model that this one replaces
        const std::span weights(maskwrightDefaultModelBegin, maskwrightDefaultModelEnd);
        return std::make_unique<compact::CompactSegmenter>(
            readSafetensors(weights, "the default model"), "default model", runtime);
    });
}

} // namespace core
