// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace cv
{
class Mat;
}

namespace core
{

/// What the module "maskwright-codecs" gives the program.
struct CodecFunctions {
    /// The samples as they lie in the file, depth and alpha kept; empty for what is no picture.
    /// Throws cv::Exception.
    cv::Mat (*decode)(const std::vector<std::uint8_t> &file);
};

} // namespace core
