// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace core
{

/// A checkpoint's tensors by name, on the CPU, in the precision they were stored in. May borrow the
/// mapped file.
using StateDict = std::map<std::string, torch::Tensor>;

/// Reads .safetensors, zip .pth and legacy .pth; tells them apart by content, not by name.
/// Throws Error(FileNotFound, FileUnreadable, BadCheckpoint).
StateDict readCheckpoint(const std::filesystem::path &file);

/// The same for a .safetensors image in memory, which must outlive the tensors. `name` is for error
/// messages.
StateDict readSafetensors(std::span<const std::byte> bytes, const std::string &name,
                          std::map<std::string, std::string> *metadata = nullptr);

/// Written to a temporary beside `file`, synced, then renamed over it: whole or not at all.
void writeSafetensors(const std::filesystem::path &file, const StateDict &tensors,
                      const std::map<std::string, std::string> &metadata = {});

/// The same file as bytes.
std::vector<std::byte> safetensorsBytes(const StateDict &tensors,
                                        const std::map<std::string, std::string> &metadata = {});

} // namespace core
