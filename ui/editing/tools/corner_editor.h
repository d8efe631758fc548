// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/mask_target.h"
#include "ui/editing/tools/mask_corners.h"
#include "ui/editing/tools/tool.h"

#include <QThreadPool>

#include <atomic>
#include <memory>
#include <optional>

namespace ui
{

/// Offers the outline of the selected object as corners that can be dragged, inserted and removed.
/// The corners are only handles on the pixels: what lies between the old course of the outline and
/// the new one changes, nothing else does. Rings are traced and simplified in the background, for
/// the zoom at hand.
class CornerEditor : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Nothing, ///< no single object is selected, or its corners are on their way
        Shown,
        TooMany, ///< on this part of the screen; zooming in helps
    };

    /// `target` must outlive it.
    explicit CornerEditor(MaskTarget &target, QObject *parent = nullptr);
    ~CornerEditor() override;

    void setInUse(bool isInUse);
    void setView(const ToolView &view);
    State state() const;

    /// Whether a corner was taken up or removed (Ctrl), or an edge was taken up.
    bool press(const PointerEvent &event);
    void move(const PointerEvent &event);
    void release(const PointerEvent &event);
    void leave();
    bool isBusy() const { return m_drag.has_value(); }
    void cancel();
    /// The corner under the pointer goes. False: there is none. While an edit is being traced
    /// nothing happens: the key meant a corner, too.
    bool removeHot();
    bool hasCornerAt(const PointerEvent &event) const { return cornerAt(event).has_value(); }

    ToolPreview preview() const;

Q_SIGNALS:
    void changed(); ///< preview() or state()

private:
    struct Drag {
        CornerPlace place;
        bool inserts = false; ///< the place is an edge
        std::size_t from = 0; ///< numbers of ring points
        std::size_t to = 0;
        QPointF pressed;
        QPointF grip;     ///< where the corner was
        QPointF position; ///< where it is
        bool hasMoved = false;
    };
    void update();
    void request();
    void take(quint64 number, std::shared_ptr<const OutlineRings> rings,
              std::vector<CornerRing> corners);
    void clear();
    void findVisible();
    /// Under the pointer, as it last was. True: another one than before.
    bool findHot();
    std::optional<CornerPlace> cornerAt(const PointerEvent &event) const;
    std::optional<CornerPlace> edgeAt(const PointerEvent &event) const;
    void startDrag(const CornerPlace &place, bool inserts, const PointerEvent &event);
    void take(const Drag &drag, const QPolygonF &via, const QString &text);

    MaskTarget &m_target;
    bool m_isInUse = false;
    ToolView m_view;

    core::Rle m_mask;                            ///< the selected object's, as last seen
    std::shared_ptr<const OutlineRings> m_rings; ///< of m_mask; null: not traced yet
    double m_tolerance = 0;                      ///< that m_corners were asked for
    std::vector<CornerRing> m_corners;
    bool m_isStale = false; ///< the mask has changed since m_corners were made
    std::vector<CornerPlace> m_visible;
    std::optional<PointerEvent> m_pointer; ///< none while it is away
    std::optional<CornerPlace> m_hotCorner;
    std::optional<QPointF> m_hotEdge; ///< where a press would insert
    std::optional<Drag> m_drag;

    std::shared_ptr<std::atomic<quint64>> m_latest; ///< older requests have been overtaken
    QThreadPool m_pool;                             ///< one thread
};

} // namespace ui
