// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <atomic>
#include <filesystem>

namespace ui
{

/// Thumbnails read in the background when asked for, the last some hundred kept. What was asked
/// last comes first: that is what the view shows now.
class ThumbnailStore : public QObject
{
    Q_OBJECT

public:
    static constexpr int longerSide = 96; ///< pixels

    explicit ThumbnailStore(QObject *parent = nullptr);
    ~ThumbnailStore() override;

    /// Null until ready() was emitted for this image, and for pictures that cannot be read.
    QImage thumbnail(core::Id image, const std::filesystem::path &file);
    void clear();

Q_SIGNALS:
    void ready(core::Id image);

private:
    void take(int generation, core::Id image, const QImage &thumbnail);

    QThreadPool m_pool; ///< one thread
    QCache<core::Id, QImage> m_images;
    QSet<core::Id> m_underWay;
    int m_priority = 0;
    std::atomic<int> m_generation = 0; ///< clear() makes what is under way of no use
};

} // namespace ui
