// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cv
{
class Mat;
}

namespace core
{

/// Brings samples of any depth to 8 bits; 8-bit pictures pass unchanged.
/// - 16-bit colour keeps its black, its hues and its proportions: divided by the smallest full
/// scale of 10, 12,
///   14 or 16 bits that holds its largest value, since cameras write 12 bits into 16.
/// - Grey of more than 8 bits and floating point are measurements (microscopes, X-rays, depth): the
/// values from
///   the 0.1st to the 99.9th percentile are spread over 0..255, so that the picture can be seen.
///   What is not a finite number becomes 0. A picture of one single value becomes mid grey.
cv::Mat toEightBit(const cv::Mat &samples);

} // namespace core
