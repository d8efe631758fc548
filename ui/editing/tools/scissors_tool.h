// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/edge_ways.h"
#include "ui/editing/tools/tool.h"

#include <QThreadPool>

#include <stop_token>

namespace ui
{

class MaskTarget;

/// Intelligent scissors: clicks set anchors, between them the outline follows the picture's edges.
/// The region is put into the target's mask, or taken when it was begun with Alt or the right
/// button.
///
/// The ways from an anchor are found in the background. Clicks need not wait for them: a stretch
/// whose ways are not known yet is straight and becomes what it should be when they are; so does
/// the closing.
class ScissorsTool : public Tool
{
    Q_OBJECT

public:
    explicit ScissorsTool(MaskTarget &target, QObject *parent = nullptr);
    ~ScissorsTool() override;

    /// The open picture's pixels; null: none.
    void setPicture(const QImage &picture);

    ActionId action() const override { return ActionId::ScissorsTool; }
    void setView(const ToolView &view) override { m_view = view; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &) override {}
    void doubleClick(const PointerEvent &) override { complete(); }
    bool isBusy() const override { return !m_stretches.empty(); }
    void cancel() override;
    bool complete() override;
    bool takeBack() override;
    bool removeHandle() override { return isBusy(); }

    /// The ways that are needed now are on their way.
    bool isTracing() const;

private:
    /// From an anchor to the next one; the last one's end is not set yet.
    struct Stretch {
        QPointF from;
        std::optional<QPointF> to;
        QPolygonF path; ///< when both ends are set and the ways are known
        EdgeWindow window;
        std::shared_ptr<const EdgeWays> ways; ///< for `window`; null: on their way
        quint64 request = 0;
        std::stop_source stop;
        bool isTraced() const { return !path.isEmpty(); }
    };
    QPointF clamped(QPointF position) const;
    void addAnchor(QPointF position);
    void setEnd(Stretch &stretch, QPointF to);
    /// Asks for ways that lead as far as `target`, unless there are or will be.
    void requestWays(Stretch &stretch, QPointF target);
    void take(quint64 request, std::shared_ptr<const EdgeWays> ways);
    void finishIfTraced();
    bool isClosing() const { return isBusy() && m_stretches.back().to.has_value(); }
    bool isOnFirst(const PointerEvent &event) const;
    void showPreview();

    MaskTarget &m_target;
    QImage m_picture;
    ToolView m_view;
    std::vector<Stretch> m_stretches;
    bool m_isTaken = false;
    bool m_firstIsHot = false;
    QPointF m_pointer;
    quint64 m_lastRequest = 0;
    QThreadPool m_pool; ///< one thread
};

} // namespace ui
