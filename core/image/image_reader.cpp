// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_reader.h"

#include "core/file/module_file.h"
#include "core/image/codecs/codec_functions.h"
#include "core/image/image_file.h"
#include "core/image/jpeg_decoder.h"
#include "core/image/to_eight_bit.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <new>

namespace core
{
namespace
{

/// OpenCV turns TIFFs upright whatever it is asked; uprighted() would turn them once more.
void forgetOrientation(std::vector<std::uint8_t> &tiff)
{
    const auto readAt = [&tiff](std::uint64_t offset, std::span<std::uint8_t> into) {
        if (offset > tiff.size() || into.size() > tiff.size() - offset)
            return false;
        std::copy_n(tiff.begin() + std::ptrdiff_t(offset), into.size(), into.begin());
        return true;
    };
    const auto tags = readTiffTags(readAt, 0);
    if (tags && tags->orientationAt > 0)
        tiff[tags->orientationAt + (tags->bigEndian ? 1 : 0)] = 1;
}

const CodecFunctions &codecs()
{
    static const void *const table = loadModule(moduleFile("maskwright-codecs"));
    return *static_cast<const CodecFunctions *>(table);
}

/// JPEGs at 1/`shrink` of their size, everything else whole. Orientation is applied by uprighted(),
/// the same way for every format.
cv::Mat decodeStored(ImageFile &file, int shrink, const ImageDoubt &doubt)
{
    std::vector<std::uint8_t> bytes = file.bytes();
    const ImageFormat format = file.header().format;
    if (isCutShort(format, bytes))
        file.fail(ErrorKind::BadImage, "is cut short: its data end too early. Copy it again from "
                                       "its source.");
    cv::Mat stored;
    try {
        if (format == ImageFormat::Jpeg) {
            const JpegState state = decodeJpeg(bytes, shrink, stored);
            if (state == JpegState::Unusable)
                stored.release();
            if (state == JpegState::Damaged && doubt)
                doubt(file.sentence("is damaged inside: what is shown may be wrong in places. Copy "
                                    "it again from its source."));
        } else {
            if (format == ImageFormat::Tiff)
                forgetOrientation(bytes);
            stored = codecs().decode(bytes);
        }
    } catch (const cv::Exception &error) {
        if (error.code == cv::Error::StsNoMem)
            throw std::bad_alloc();
        stored.release();
    }
    if (stored.empty())
        file.fail(ErrorKind::BadImage, "is damaged; copy it again from its source.");
    return stored;
}

cv::Mat uprighted(const cv::Mat &stored, int orientation)
{
    cv::Mat upright = stored;
    if (orientation >= 5)
        cv::transpose(upright, upright);
    switch (orientation) {
    case 2: // mirrored left-right
    case 6: // to be turned clockwise
        cv::flip(upright, upright, 1);
        break;
    case 3: // upside down
    case 7: // mirrored about the other diagonal
        cv::flip(upright, upright, -1);
        break;
    case 4: // mirrored top-bottom
    case 8: // to be turned anticlockwise
        cv::flip(upright, upright, 0);
        break;
    default: // 1 upright, 5 mirrored about the main diagonal
        break;
    }
    return upright;
}

int toRgbCode(int channels)
{
    switch (channels) {
    case 1:
        return cv::COLOR_GRAY2RGB;
    case 3:
        return cv::COLOR_BGR2RGB;
    default:
        return cv::COLOR_BGRA2RGB;
    }
}

cv::Mat withoutAlpha(const cv::Mat &samples)
{
    if (samples.channels() != 2 && samples.channels() != 4)
        return samples;
    cv::Mat kept;
    if (samples.channels() == 2)
        cv::extractChannel(samples, kept, 0);
    else
        cv::cvtColor(samples, kept, cv::COLOR_BGRA2BGR);
    return kept;
}

Image toImage(const cv::Mat &upright)
{
    Image image(Size{upright.cols, upright.rows});
    cv::Mat pixels(upright.size(), CV_8UC3, image.pixels.data());
    cv::cvtColor(upright, pixels, toRgbCode(upright.channels()));
    return image;
}

Image readShrunk(const std::filesystem::path &path, int shrink, const ImageDoubt &doubt)
{
    ImageFile file(path);
    try {
        const cv::Mat stored = decodeStored(file, shrink, doubt);
        return toImage(uprighted(toEightBit(withoutAlpha(stored)), file.header().orientation));
    } catch (const std::bad_alloc &) {
        file.fail(ErrorKind::OutOfMemory, "needs more memory than there is; close other programs "
                                          "or shrink the picture.");
    }
}

/// A picture still larger than asked is left to shrink smoothly afterwards.
int shrinkFor(Size stored, int longerSide)
{
    const int longer = std::max(stored.width, stored.height);
    for (const int shrink : {8, 4, 2}) {
        if (longer / shrink >= longerSide)
            return shrink;
    }
    return 1;
}

} // namespace

Image readImage(const std::filesystem::path &file, const ImageDoubt &doubt)
{
    return readShrunk(file, 1, doubt);
}

Size readImageSize(const std::filesystem::path &file)
{
    return ImageFile(file).header().upright();
}

Image readThumbnail(const std::filesystem::path &file, int longerSide)
{
    Image image = readShrunk(file, shrinkFor(ImageFile(file).header().stored, longerSide), {});
    const int longer = std::max(image.size.width, image.size.height);
    if (longer <= longerSide)
        return image;
    const auto shrink = [&](int side) {
        return std::max(1, int(std::int64_t(side) * longerSide / longer));
    };
    Image small(Size{shrink(image.size.width), shrink(image.size.height)});
    const cv::Mat from(image.size.height, image.size.width, CV_8UC3, image.pixels.data());
    cv::Mat to(small.size.height, small.size.width, CV_8UC3, small.pixels.data());
    cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
    return small;
}

} // namespace core
