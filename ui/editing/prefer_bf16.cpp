// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prefer_bf16.h"

#include "core/error.h"

namespace ui
{

std::unique_ptr<core::Segmenter>
preferBf16(const std::function<std::unique_ptr<core::Segmenter>(bool bf16)> &make)
{
    try {
        std::unique_ptr<core::Segmenter> model = make(true);
        if (model->info().device == core::Device::Cpu)
            return model;
    } catch (const core::Error &error) {
        if (error.kind() != core::ErrorKind::DeviceUnavailable)
            throw;
    }
    return make(false);
}

} // namespace ui
