// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "ui/editing/mask_shape.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace ui
{

/// Masks that no model has to be asked for, made ready to be painted on a thread of their own, so
/// that neither the window nor an encoder at work stands in the way. Of several orders the latest
/// wins: one is made at a time, the newest of the others follows it. GUI thread.
class MaskMaker : public QObject
{
    Q_OBJECT

public:
    using MaskPointer = std::shared_ptr<const core::Rle>;
    /// Runs on the other thread.
    using Order = std::function<MaskPointer()>;
    /// Called on the GUI thread; the mask is null when there was not enough memory.
    using Done = std::function<void(const MaskPointer &, const MaskShape &)>;

    explicit MaskMaker(QObject *parent = nullptr);
    ~MaskMaker() override;

    void make(Order order, Done done);
    /// Nothing ordered before will come.
    void forget();

private:
    struct Job {
        Order order;
        Done done;
    };
    void start(Job job);

    QThreadPool m_pool; ///< one thread
    std::optional<Job> m_next;
    bool m_isMaking = false;
    quint64 m_generation = 0; ///< grows with forget()
};

} // namespace ui
