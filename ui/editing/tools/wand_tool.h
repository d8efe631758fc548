// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool.h"

#include <QImage>
#include <QThreadPool>

#include <stop_token>

namespace ui
{

class MaskTarget;

/// A click puts the connected pixels of a similar colour; the right button, or Alt, takes them
/// away. They are found on a thread of its own; of several clicks the last one counts.
class WandTool : public Tool
{
    Q_OBJECT

public:
    explicit WandTool(MaskTarget &target, QObject *parent = nullptr);
    ~WandTool() override;

    /// The open picture, RGB32; null: none.
    void setPicture(const QImage &picture);

    ActionId action() const override { return ActionId::WandTool; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent & /*event*/) override {}
    void release(const PointerEvent & /*event*/) override {}
    bool isBusy() const override { return m_isSearching; }
    void cancel() override;
    bool takeBack() override;
    void resize(double steps) override;

    /// How much red, green and blue may differ from the clicked pixel's: 0 to 255.
    int tolerance() const { return m_tolerance; }
    void setTolerance(int tolerance);

private:
    MaskTarget &m_target;
    QImage m_picture;
    int m_tolerance = 24;
    bool m_isSearching = false;
    quint64 m_search = 0; ///< number of the last one
    std::stop_source m_stop;
    QThreadPool m_pool; ///< one thread
};

} // namespace ui
