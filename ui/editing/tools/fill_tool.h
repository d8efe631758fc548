// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "ui/editing/tools/tool.h"

#include <QThreadPool>

#include <deque>
#include <optional>

namespace ui
{

class MaskTarget;

/// A click into a hole of the target's mask fills the hole; a click with the right button, or Alt,
/// on a part of the mask takes this part away. Holes and parts are found on a thread of its own;
/// clicks that come meanwhile follow one after the other.
class FillTool : public Tool
{
    Q_OBJECT

public:
    explicit FillTool(MaskTarget &target, QObject *parent = nullptr);
    ~FillTool() override;

    ActionId action() const override { return ActionId::FillTool; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent & /*event*/) override {}
    void release(const PointerEvent & /*event*/) override {}
    bool isBusy() const override { return !m_clicks.empty(); }
    void cancel() override;
    bool takeBack() override;

private:
    struct Click {
        int x = 0;
        int y = 0;
        bool takes = false;
    };
    void search();
    void take(const core::Rle &mask, const std::optional<core::Rle> &region);

    MaskTarget &m_target;
    std::deque<Click> m_clicks; ///< the first is being worked on
    quint64 m_search = 0;       ///< number of the last one; others are of no use
    QThreadPool m_pool;         ///< one thread
};

} // namespace ui
