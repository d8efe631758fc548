// SPDX-License-Identifier: Apache-2.0
#include "core/torch/load_segmenter.h"

#include "core/error.h"
#include "core/torch/checkpoint/checked_weights.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/compact/compact_segmenter.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/runtime.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/tinyvit/mobile_sam.h"
#include "core/torch/torch_call.h"

#include <array>

namespace core
{

namespace
{

/// A new architecture is one line in the list below.
struct Architecture {
    bool (*recognises)(const StateDict &);
    std::unique_ptr<Segmenter> (*build)(const StateDict &, const std::string &, const Runtime &);
};

template <typename Model>
std::unique_ptr<Segmenter> build(const StateDict &tensors, const std::string &modelName,
                                 const Runtime &runtime)
{
    return std::make_unique<Model>(tensors, modelName, runtime);
}

constexpr std::array architectures = {
    Architecture{sam::looksLikeSam, build<sam::SamSegmenter>},
    Architecture{tinyvit::looksLikeMobileSam, build<tinyvit::MobileSam>},
    Architecture{compact::isCompactModel, build<compact::CompactSegmenter>},
};

} // namespace

std::unique_ptr<Segmenter> loadSegmenter(const std::filesystem::path &checkpoint,
                                         const SegmenterOptions &options)
{
    return torchCall("loading " + checkpoint.string(), [&] {
        const Runtime runtime = chooseRuntime(options);
        runtime.applyThreads();
        cuda::giveBackUnused(); // of the model that this one replaces
        const StateDict tensors =
            withoutPrefix(readCheckpoint(checkpoint), "mask_decoder.mask_tokens.weight");
        for (const Architecture &architecture : architectures)
            if (architecture.recognises(tensors))
                return architecture.build(tensors, checkpoint.filename().string(), runtime);
        throw Error(ErrorKind::BadCheckpoint,
                    checkpoint.string() +
                        " holds the weights of an architecture the program does "
                        "not know; it knows SAM ViT-B, ViT-L, ViT-H, MobileSAM and its own.");
    });
}

} // namespace core
