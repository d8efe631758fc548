// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/gestures.h"
#include "ui/editing/pointer_event.h"
#include "ui/editing/tools/tool_preview.h"

#include <QObject>

namespace ui
{

/// What of the picture is on screen.
struct ToolView {
    QRectF visible;           ///< picture coordinates
    double pixelsPerStep = 1; ///< picture pixels per screen pixel
    bool operator==(const ToolView &) const = default;
};

/// What the left mouse button does on the picture: a state machine from positions in picture
/// coordinates to a preview and, when a gesture ends, one step that can be taken back. The canvas
/// maps, forwards and paints the preview; it knows no tool by name. GUI thread.
///
/// A new tool is a pair of files, a line in Toolbox and a row in the gesture table.
class Tool : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The menu entry and key that take this tool.
    virtual ActionId action() const = 0;

    /// The user took the tool up, or put it away (after leave() and cancel()).
    virtual void setInUse(bool /*isInUse*/) {}
    /// For the tool in use: another part of the picture is shown, or at another zoom.
    virtual void setView(const ToolView & /*view*/) {}

    virtual void press(const PointerEvent &event) = 0;
    virtual void move(const PointerEvent &event) = 0; ///< with or without a button
    virtual void release(const PointerEvent &event) = 0;
    /// The second press of a double click.
    virtual void doubleClick(const PointerEvent &event) { press(event); }
    virtual void leave() {} ///< the pointer left the picture

    /// A button is down or an outline is half drawn.
    virtual bool isBusy() const = 0;
    /// Esc, another tool, another picture: drops what is half drawn.
    virtual void cancel() = 0;
    /// Enter: ends what is half drawn. False: there is nothing that Enter would end.
    virtual bool complete() { return false; }
    /// Backspace, undo: goes back by one step of what is half drawn. False: nothing to go back.
    virtual bool takeBack() { return false; }
    /// Delete: removes the handle under the pointer. False: Delete means something else.
    virtual bool removeHandle() { return false; }

    /// Ctrl + wheel and keys: so many steps larger (or smaller, when negative).
    virtual void resize(double /*steps*/) {}
    /// The ring around the pointer, picture pixels; 0: none.
    virtual double cursorRadius(Qt::KeyboardModifiers /*modifiers*/) const { return 0; }
    /// Index of the prompt's point that a press at this place would take up, if any.
    virtual std::optional<std::size_t> pointAt(const PointerEvent & /*event*/) const
    {
        return std::nullopt;
    }
    /// Ctrl + press at this place belongs to the tool; elsewhere it selects objects.
    virtual bool takesControlPress(const PointerEvent &event) const
    {
        return pointAt(event).has_value();
    }
    /// A left drag moves the picture instead, a click selects.
    virtual bool movesPicture() const { return false; }

    const ToolPreview &preview() const { return m_preview; }

Q_SIGNALS:
    void previewChanged();
    void optionsChanged(); ///< a size or a mode

protected:
    void setPreview(ToolPreview preview);

private:
    ToolPreview m_preview;
};

} // namespace ui
