// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

#include <memory>

namespace core
{

/// A .pth as LibTorch has written it since 1.6: a zip archive of a pickle and one member for each
/// storage.
StateDict readZipPth(std::span<const std::byte> bytes, const std::string &fileName,
                     const std::shared_ptr<const void> &owner);

/// A .pth from before: a row of pickles, then the storages one after the other.
StateDict readLegacyPth(std::span<const std::byte> bytes, const std::string &fileName,
                        const std::shared_ptr<const void> &owner);

/// Whether the bytes begin with the older form's magic number.
bool looksLikeLegacyPth(std::span<const std::byte> bytes);

} // namespace core
