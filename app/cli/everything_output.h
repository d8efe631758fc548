// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/segmentation/generated_mask.h"
#include "export/json_list_writer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli
{

/// Takes the masks of one picture after the other.
class EverythingOutput
{
public:
    virtual ~EverythingOutput() = default;
    virtual void add(const std::string &fileName, core::Size size,
                     const std::vector<core::GeneratedMask> &masks) = 0;
    /// To be called once, after the last picture.
    virtual void finish() = 0;
};

/// COCO instances, one file for all pictures, a mask in memory at a time; it appears with
/// finish(). Predicted IoU is the "score"; stability stands beside COCO's own keys.
std::unique_ptr<EverythingOutput> cocoEverything(const std::filesystem::path &file,
                                                 const std::string &category);

/// SA-1B: one file a picture, in `folder` under the picture's name with .json, or, for one picture,
/// the file `out` itself. Boxes as SAM's generator writes them, from centre to centre of the
/// outermost pixels.
std::unique_ptr<EverythingOutput> sa1bEverything(const std::filesystem::path &out, bool isFolder);

} // namespace cli
