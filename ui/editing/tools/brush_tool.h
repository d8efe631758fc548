// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_merge.h"
#include "core/mask/stroke_raster.h"
#include "ui/editing/tools/tool.h"

namespace ui
{

class MaskTarget;

/// Paints pixels into the target's mask, or erases them: the two are one class, taken up by two
/// actions. The right button, or Alt, does the other. Shift + press draws a straight line from
/// where the last stroke ended. A stroke is one step.
class BrushTool : public Tool
{
    Q_OBJECT

public:
    enum class Kind { Brush, Eraser };

    BrushTool(MaskTarget &target, Kind kind, QObject *parent = nullptr);

    ActionId action() const override;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void leave() override;
    bool isBusy() const override { return m_stroke != nullptr; }
    void cancel() override;
    bool takeBack() override;
    void resize(double steps) override;
    double cursorRadius(Qt::KeyboardModifiers modifiers) const override;

    /// Picture pixels, whole: 1 is a single pixel.
    int diameter() const { return m_diameter; }
    void setDiameter(int pixels);
    static constexpr int maxDiameter = 999;

private:
    bool erases(const PointerEvent &event) const;
    void showStroke();
    void finish();

    MaskTarget &m_target;
    Kind m_kind;
    int m_diameter = 24;
    double m_steps = 0;                           ///< of the wheel, not yet a whole one
    std::shared_ptr<core::StrokeRaster> m_stroke; ///< null: no button is down
    Qt::MouseButton m_button = Qt::NoButton;      ///< that draws it
    bool m_erases = false;                        ///< the stroke does
    std::optional<core::ImagePoint> m_lastEnd;    ///< of the stroke before, in this picture
};

} // namespace ui
