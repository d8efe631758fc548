// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>

#include <filesystem>
#include <functional>

namespace exporters
{

/// Writes `image` as a PNG of its own kind of pixels; the file appears whole or not at all.
/// `finish`, when there is one, may change the bytes before they are written.
/// Throws core::Error(FileUnwritable, DiskFull, OutOfMemory).
void writePngFile(const QImage &image, const std::filesystem::path &target,
                  const std::function<void(QByteArray &)> &finish = {});

} // namespace exporters
