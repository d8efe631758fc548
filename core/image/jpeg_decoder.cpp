// SPDX-License-Identifier: Apache-2.0
#include "core/image/jpeg_decoder.h"

#include <opencv2/core.hpp>

#include <csetjmp>
#include <cstdio> // jpeglib.h needs it before itself
#include <new>

#include <jerror.h>
#include <jpeglib.h>

namespace core
{
namespace
{

/// libjpeg reports an error by a function that must not return, so it jumps back. Nothing with a
/// destructor may live in the functions it jumps out of.
struct Reports {
    jpeg_error_mgr base{}; // first: libjpeg hands out its address
    std::jmp_buf wayBack{};
    bool damaged = false;
    bool outOfMemory = false;
};

Reports &reportsOf(j_common_ptr info)
{
    return *reinterpret_cast<Reports *>(info->err);
}

[[noreturn]] void stop(j_common_ptr info)
{
    Reports &reports = reportsOf(info);
    reports.outOfMemory = reports.base.msg_code == JERR_OUT_OF_MEMORY;
    std::longjmp(reports.wayBack, 1);
}

void take(j_common_ptr info, int level)
{
    constexpr int warning = -1; // from 0 on they are traces
    Reports &reports = reportsOf(info);
    const int code = reports.base.msg_code;
    // Two of the warnings are about the header's flavour, not about pixels.
    if (level == warning && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM)
        reports.damaged = true;
}

void saySilently(j_common_ptr) {}

class Decompressor
{
public:
    Decompressor()
    {
        m_info.err = jpeg_std_error(&m_reports.base);
        m_reports.base.error_exit = stop;
        m_reports.base.emit_message = take;
        m_reports.base.output_message = saySilently;
    }
    Decompressor(const Decompressor &) = delete;
    Decompressor &operator=(const Decompressor &) = delete;
    ~Decompressor() { jpeg_destroy_decompress(&m_info); }

    bool start(std::span<const std::uint8_t> file, int shrink)
    {
        if (setjmp(m_reports.wayBack))
            return false;
        jpeg_create_decompress(&m_info);
        jpeg_mem_src(&m_info, file.data(), static_cast<unsigned long>(file.size()));
        jpeg_read_header(&m_info, TRUE);
        m_info.scale_num = 1;
        m_info.scale_denom = static_cast<unsigned int>(shrink);
        m_info.out_color_space = m_info.num_components == 1   ? JCS_GRAYSCALE
                                 : m_info.num_components == 4 ? JCS_CMYK
                                                              : JCS_EXT_BGR;
        jpeg_start_decompress(&m_info);
        return true;
    }
    int width() const { return int(m_info.output_width); }
    int height() const { return int(m_info.output_height); }
    int channels() const { return m_info.output_components; }

    /// `samples` has the size and the channels above.
    bool read(cv::Mat &samples)
    {
        if (setjmp(m_reports.wayBack))
            return false;
        while (m_info.output_scanline < m_info.output_height) {
            JSAMPROW row = samples.ptr(int(m_info.output_scanline));
            jpeg_read_scanlines(&m_info, &row, 1);
        }
        jpeg_finish_decompress(&m_info);
        return true;
    }
    const Reports &reports() const { return m_reports; }

private:
    Reports m_reports;
    jpeg_decompress_struct m_info{};
};

/// Adobe's programs write the inks inverted and everybody follows them: 255 is no ink.
cv::Mat bgrOfInvertedCmyk(const cv::Mat &cmyk)
{
    cv::Mat bgr(cmyk.size(), CV_8UC3);
    for (int y = 0; y < cmyk.rows; ++y) {
        const uchar *from = cmyk.ptr(y);
        uchar *to = bgr.ptr(y);
        for (int x = 0; x < cmyk.cols; ++x, from += 4, to += 3) {
            const int black = from[3];
            for (int ink = 0; ink < 3; ++ink)
                to[2 - ink] = uchar(black - ((255 - from[ink]) * black >> 8));
        }
    }
    return bgr;
}

} // namespace

JpegState decodeJpeg(std::span<const std::uint8_t> file, int shrink, cv::Mat &samples)
{
    Decompressor jpeg;
    bool done = jpeg.start(file, shrink);
    if (done) {
        samples.create(jpeg.height(), jpeg.width(), CV_8UC(jpeg.channels()));
        done = jpeg.read(samples);
    }
    if (jpeg.reports().outOfMemory)
        throw std::bad_alloc();
    if (!done)
        return JpegState::Unusable;
    if (samples.channels() == 4)
        samples = bgrOfInvertedCmyk(samples);
    return jpeg.reports().damaged ? JpegState::Damaged : JpegState::Whole;
}

} // namespace core
