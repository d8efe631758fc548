// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/options.h"

#include <string>

namespace exporters
{

/// The part of the dataset an image was read from, kept under "split" in its foreign keys: "train",
/// "val", "test". Empty when none is known.
std::string splitOf(const core::ImageRecord &image);

void setSplit(core::ImageRecord &image, const std::string &split);

/// Where `image` is to be written: what the options say, else splitOf(), else "train".
std::string targetSplit(const core::ImageRecord &image, const WriteOptions &options);

} // namespace exporters
