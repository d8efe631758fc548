// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace ui
{

class Actions;
class CanvasView;
class MessageBar;
class PromptSession;
class SegmentationService;
class ThresholdControl;
class ToolBar;

/// The window's part in prompting: the live threshold, looking closer at a part of the picture, and
/// what is remembered of candidates. Puts its controls into the tool bar and takes over its
/// actions.
class PromptingController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    PromptingController(PromptSession &session, SegmentationService &service,
                        const Actions &actions, CanvasView &canvas, ToolBar &toolBar,
                        MessageBar &messages, QObject *parent);

    ThresholdControl *threshold() const { return m_threshold; }

Q_SIGNALS:
    /// What to tell about the object in work, in a line; empty: nothing.
    void noted(const QString &note);

private:
    void connectThreshold(ToolBar &toolBar);
    void connectFocus(MessageBar &messages);
    void toggleFocus(MessageBar &messages);
    void updateFocus();
    void updateNote();

    PromptSession &m_session;
    SegmentationService &m_service;
    const Actions &m_actions;
    CanvasView &m_canvas;
    ThresholdControl *m_threshold;
};

} // namespace ui
