// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <filesystem>
#include <string>
#include <vector>

/// 48x32, four quadrants: red and green above, blue and white below. In OpenCV's order, BGR.
inline cv::Mat quadrants()
{
    cv::Mat image(32, 48, CV_8UC3, cv::Scalar(255, 255, 255));
    image(cv::Rect(0, 0, 24, 16)) = cv::Scalar(0, 0, 255);
    image(cv::Rect(24, 0, 24, 16)) = cv::Scalar(0, 255, 0);
    image(cv::Rect(0, 16, 24, 16)) = cv::Scalar(255, 0, 0);
    return image;
}

inline QByteArray encoded(const cv::Mat &image, const char *extension)
{
    std::vector<uchar> bytes;
    cv::imencode(extension, image, bytes);
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

inline std::filesystem::path written(const QTemporaryDir &directory, const QString &name,
                                     const QByteArray &bytes)
{
    QFile file(directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return std::filesystem::path(file.fileName().toStdU16String());
}

/// The letters of the colours nearest to the middles of the four quadrants: R, G, B, W, and K for
/// black.
inline QString quadrantColours(const core::Image &image)
{
    QString letters;
    for (const int row : {1, 3}) {
        for (const int column : {1, 3}) {
            const auto *p = image.row(image.size.height * row / 4) +
                            std::ptrdiff_t(image.size.width * column / 4) * 3;
            const int bits = (p[0] > 127) | (p[1] > 127) << 1 | (p[2] > 127) << 2;
            letters += QLatin1Char("KRG?B??W"[bits]);
        }
    }
    return letters;
}
