// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/pickle_value.h"
#include "core/torch/checkpoint/state_dict.h"

#include <functional>
#include <memory>

namespace core
{

/// Bytes of a storage by its key; throws when there is none.
using StorageBytes = std::function<std::span<const std::byte>(const std::string &key)>;

/// The tensors of a checkpoint's top-level value by name: those of the dictionary itself, or of the
/// one it keeps under "state_dict", "model" or the like. Tensors are views of the storages, each
/// checked against its bounds before anything is allocated. Throws Error(BadCheckpoint).
StateDict pickledTensors(pickle::Reference root, const StorageBytes &storageBytes,
                         std::size_t fileSize, const std::string &fileName,
                         const std::shared_ptr<const void> &owner);

} // namespace core
