// SPDX-License-Identifier: Apache-2.0
#include "core/torch/module/torch_module.h"

#include "core/torch/module/torch_functions.h"

#include <utility>

namespace core
{

TorchModule::TorchModule(std::filesystem::path file) : m_file(std::move(file)) {}

std::unique_ptr<Segmenter> TorchModule::loadSegmenter(const std::filesystem::path &checkpoint,
                                                      const SegmenterOptions &options)
{
    return functions().loadSegmenter(checkpoint, options);
}

std::unique_ptr<Segmenter> TorchModule::loadDefaultSegmenter(const SegmenterOptions &options)
{
    return functions().loadDefaultSegmenter(options);
}

const TorchFunctions &TorchModule::functions()
{
    if (!m_functions)
        m_functions = static_cast<const TorchFunctions *>(loadModule(m_file));
    return *m_functions;
}

} // namespace core
