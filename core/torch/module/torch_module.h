// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/module_file.h"
#include "core/torch/load_segmenter.h"

namespace core
{

struct TorchFunctions;

/// core_torch without LibTorch among the program's libraries: it is loaded by the first call,
/// which takes a third of a second and keeps the calling thread alone busy. Both functions do what
/// their namesakes in load_segmenter.h do and throw what they throw, and what loadModule() throws,
/// again at every call. Belongs to one thread.
class TorchModule
{
public:
    explicit TorchModule(std::filesystem::path file = moduleFile("maskwright-torch"));

    std::unique_ptr<Segmenter> loadSegmenter(const std::filesystem::path &checkpoint,
                                             const SegmenterOptions &options = {});
    std::unique_ptr<Segmenter> loadDefaultSegmenter(const SegmenterOptions &options = {});

private:
    const TorchFunctions &functions();

    std::filesystem::path m_file;
    const TorchFunctions *m_functions = nullptr;
};

} // namespace core
