// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/geometry/image.h"
#include "ui/editing/request_numbers.h"

#include <QImage>
#include <QObject>

#include <filesystem>
#include <memory>

namespace ui
{

struct LoadedImage {
    std::shared_ptr<const core::Image> pixels; ///< for the model
    QImage picture;                            ///< for the canvas, RGB32
    std::string digest;                        ///< of the pixels
    QString doubt; ///< why the pixels may be wrong in places; empty: they are right
};

/// Reads pictures on a thread of its own; only the newest asked for is read.
class ImageLoader : public QObject
{
    Q_OBJECT

public:
    explicit ImageLoader(std::shared_ptr<RequestNumbers> numbers) : m_numbers(std::move(numbers)) {}
    void read(quint64 number, const std::filesystem::path &file);

Q_SIGNALS:
    void loaded(quint64 number, const ui::LoadedImage &image);
    void failed(quint64 number, core::ErrorKind kind, const QString &detail);

private:
    std::shared_ptr<RequestNumbers> m_numbers;
};

} // namespace ui
