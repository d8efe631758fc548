// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cv
{
class Mat;
}

namespace core
{

enum class JpegState {
    Whole,
    Damaged,  ///< decoded, but the decoder had to guess or to skip: some of it is not as it was
    Unusable, ///< no picture
};

/// Decodes a JPEG into grey, BGR or (from CMYK) BGR samples as they lie in the file, at 1/`shrink`
/// of its size: 1, 2, 4 or 8. The same pixels as OpenCV's reader, which rests on the same library
/// but keeps its warnings to itself. Throws std::bad_alloc.
JpegState decodeJpeg(std::span<const std::uint8_t> file, int shrink, cv::Mat &samples);

} // namespace core
