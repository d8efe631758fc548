// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <deque>
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
    struct Wanted {
        core::Id image;
        std::filesystem::path file;
    };
    void readNext();
    void take(int generation, core::Id image, const QImage &thumbnail);

    QThreadPool m_pool; ///< one thread
    QCache<core::Id, QImage> m_images;
    std::deque<Wanted> m_wanted; ///< newest last; few: what was scrolled past is forgotten
    core::Id m_reading = 0;      ///< 0: none
    int m_generation = 0;        ///< clear() makes what is being read of no use
};

} // namespace ui
