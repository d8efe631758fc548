// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "ui/editing/embedding_source.h"

#include <QList>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <deque>
#include <filesystem>
#include <stop_token>

namespace ui
{

class InferenceWorker;

/// A picture and where it lies.
struct PictureFile {
    core::Id image = 0;
    std::filesystem::path file;
    bool operator==(const PictureFile &) const = default;
};

/// Embeds the pictures that will probably be opened next while nothing else is asked. Whatever the
/// user asks goes first (UserRequests): what is under way waits between two layers, and goes on
/// after some quiet. Lives on the GUI thread; pictures are read on a thread of its own.
class EmbeddingAhead : public QObject
{
    Q_OBJECT

public:
    /// Both as in EmbeddingOptions. The worker must outlive this.
    EmbeddingAhead(InferenceWorker *worker, bool on, std::chrono::milliseconds quiet);
    ~EmbeddingAhead() override;

    void setOn(bool on);
    /// Nearest first; replaces what was asked before.
    void setPictures(const QList<PictureFile> &pictures);
    /// May it work at all: there is a model, and the open picture is ready.
    void setAllowed(bool allowed);
    /// The user asked something: nothing is begun for a while.
    void interrupt();
    /// The user opens this picture: when it is just being embedded, that goes on, and true is
    /// returned.
    bool letFinish(const PictureFile &opened);
    /// The user will not wait for this picture: it is stopped, and not begun again.
    void giveUp(core::Id image);
    /// Another model: everything is to be done again.
    void forget();

Q_SIGNALS:
    /// 0..1; of the picture that letFinish() was about.
    void progressed(core::Id image, double progress);
    void embedded(core::Id image);

private:
    void work();
    void read(const PictureFile &picture);
    void takePixels(quint64 number, const EmbeddingSource &source);
    void embed();
    void takeEmbedded(quint64 number, bool done);
    void stop();
    void finishFront();

    InferenceWorker *m_worker;
    bool m_isOn;
    bool m_isAllowed = false;
    bool m_isReading = false;
    bool m_isEmbedding = false;
    bool m_isLetFinish = false; ///< what is being embedded is the open picture by now
    quint64 m_number = 0;       ///< of what is under way; what carries an older one is of no use
    std::deque<PictureFile> m_pictures; ///< the front is being worked on
    EmbeddingSource m_source;           ///< of the front; null until it is read
    std::deque<PictureFile> m_done;     ///< lately, so that they are not read again
    std::stop_source m_stop;
    QTimer m_quiet;
    QThreadPool m_pool; ///< one thread
};

} // namespace ui
