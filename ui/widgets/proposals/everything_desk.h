// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/everything_session.h"
#include "ui/widgets/theme/theme.h"

#include <QObject>

namespace ui
{

class CanvasView;
class EverythingBar;
class MessageBar;
class ProposalLayer;
class PromptSession;
class TaskProgress;

/// "Everything in view" in the window: its session, what lies on the canvas, and its progress in
/// the status bar.
class EverythingDesk : public QObject
{
    Q_OBJECT

public:
    EverythingDesk(Document &document, SegmentationService &service, PromptSession &prompts,
                   CanvasView &canvas, MessageBar &messages, QObject *parent = nullptr);

    /// In the box being drawn when there is one, in the part on screen when that is clearly less
    /// than the picture, else in all of the picture.
    void start();
    /// What is chosen, or all when nothing is. False when nothing is offered.
    bool accept();
    /// False when there is nothing to give up or to drop.
    bool drop();

    EverythingSession &session() { return m_session; }
    EverythingBar *bar() const { return m_bar; }
    ProposalLayer *layer() const { return m_layer; }
    TaskProgress *progress() const { return m_progress; } ///< for the status bar
    void setTheme(const Theme &theme);

private:
    core::PixelRect region() const;

    Document &m_document;
    SegmentationService &m_service;
    PromptSession &m_prompts;
    CanvasView &m_canvas;
    MessageBar &m_messages;
    EverythingSession m_session;
    ProposalLayer *m_layer;
    EverythingBar *m_bar;
    TaskProgress *m_progress;
};

} // namespace ui
