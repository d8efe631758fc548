// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"
#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/load_segmenter.h"
#endif

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace cli
{

/// --model, --device, --precision, --threads
struct ModelOptions {
    std::string model = "default";
    std::string device = "auto";
    std::string precision = "auto";
    int threads = 0;
};

void addModelOptions(CLI::App &command, ModelOptions &options);

/// --whole-only, for commands that look closer at what they found (core::CloserLook).
void addLookOption(CLI::App &command, bool &wholeOnly);

/// Throws core::Error(FileNotFound, BadCheckpoint, DeviceUnavailable, OutOfMemory).
std::unique_ptr<core::Segmenter> makeSegmenter(const ModelOptions &options);

/// Whether the model is one of LibTorch's, whose tensors can be written to a file.
bool hasTensors(const ModelOptions &options);

#ifdef MASKWRIGHT_WITH_TORCH
core::SegmenterOptions segmenterOptions(const ModelOptions &options);
#endif

} // namespace cli
