// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <filesystem>
#include <memory>
#include <string>

namespace core
{

enum class DeviceChoice { Auto, Cpu, Cuda };
enum class PrecisionChoice { Auto, Fp32, Bf16, Fp16 };

struct SegmenterOptions {
    DeviceChoice device = DeviceChoice::Auto;
    int cudaIndex = 0;
    PrecisionChoice precision = PrecisionChoice::Auto; ///< Auto: fp32 on the CPU
    bool smallBatches = false; ///< one prompt after the other, for want of memory
    int threads = 0;           ///< 0: as many as there are cores
};

/// Loads any checkpoint the program reads. The architecture is taken from the tensors' names and
/// shapes, never from the file's name. Throws Error(FileNotFound, BadCheckpoint, DeviceUnavailable,
/// OutOfMemory).
std::unique_ptr<Segmenter> loadSegmenter(const std::filesystem::path &checkpoint,
                                         const SegmenterOptions &options = {});

/// The model that is compiled into the program.
std::unique_ptr<Segmenter> loadDefaultSegmenter(const SegmenterOptions &options = {});

} // namespace core
