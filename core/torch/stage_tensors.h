// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <filesystem>
#include <span>

namespace core
{

/// Writes one answer's stages as float32 for comparison with other implementations, to a
/// .safetensors file that appears whole or not at all: "image_embedding" [1, C, h, w],
/// "low_res_logits" [N, h, w], "iou_predictions" [N], in the order of `candidates`. The embedding
/// must come from a segmenter of core_torch. Throws Error(FileUnwritable, DiskFull).
void writeStageTensors(const std::filesystem::path &file, const ImageEmbedding &embedding,
                       std::span<const MaskCandidate> candidates);

} // namespace core
