// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/prompting/prompting_controller.h"

#include "core/segmentation/focus.h"
#include "ui/editing/pointer_event.h"
#include "ui/editing/prompt_session.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/prompting/threshold_control.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/tool_bar.h"
#include "ui/widgets/words.h"

namespace ui
{

/// Less is not worth the encoder's time.
static constexpr double leastGain = 1.25;

PromptingController::PromptingController(PromptSession &session, SegmentationService &service,
                                         const Actions &actions, CanvasView &canvas,
                                         ToolBar &toolBar, MessageBar &messages, QObject *parent)
    : QObject(parent), m_session(session), m_service(service), m_actions(actions), m_canvas(canvas),
      m_threshold(new ThresholdControl(session))
{
    session.setCandidateMemory(CandidateMemory::fromVariant(settings::candidateChoices()));
    connect(&session, &PromptSession::candidateMemoryChanged, this,
            [this] { settings::setCandidateChoices(m_session.candidateMemory().toVariant()); });
    connectThreshold(toolBar);
    connectFocus(messages);
    connect(&canvas, &CanvasView::annotationActivated, &session, &PromptSession::refine);
    for (const auto change : {&PromptSession::candidatesChanged, &PromptSession::focusChanged})
        connect(&session, change, this, &PromptingController::updateNote);
}

void PromptingController::connectThreshold(ToolBar &toolBar)
{
    QAction *place = toolBar.addOptions(m_threshold);
    const auto show = [this, place](bool usable) {
        place->setVisible(usable);
        m_actions[ActionId::TightenMask]->setEnabled(usable);
        m_actions[ActionId::WidenMask]->setEnabled(usable);
    };
    connect(m_threshold, &ThresholdControl::usable, this, show);
    show(false);
    connect(m_actions[ActionId::TightenMask], &QAction::triggered, this,
            [this] { m_threshold->step(1); });
    connect(m_actions[ActionId::WidenMask], &QAction::triggered, this,
            [this] { m_threshold->step(-1); });
}

void PromptingController::connectFocus(MessageBar &messages)
{
    m_actions[ActionId::LookCloser]->setCheckable(true);
    connect(m_actions[ActionId::LookCloser], &QAction::triggered, this,
            [this, &messages] { toggleFocus(messages); });
    connect(&m_service, &SegmentationService::statusChanged, this,
            &PromptingController::updateFocus);
    connect(&m_service, &SegmentationService::focusChanged, this,
            &PromptingController::updateFocus);
    connect(&m_service, &SegmentationService::focusFailed, this,
            [&messages](core::ErrorKind kind, const QString &detail) {
                messages.showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
    updateFocus();
}

void PromptingController::toggleFocus(MessageBar &messages)
{
    if (m_service.focused() || m_service.isFocusing()) {
        m_service.endFocus();
        return;
    }
    const core::Size picture = m_canvas.transform().picture();
    const core::PixelRect visible =
        core::windowOf(toImageBox(m_canvas.transform().visiblePicture()), picture);
    const core::PixelRect window = core::chooseFocus(m_session.objectBox(), visible, picture);
    if (core::focusGain(window, picture) >= leastGain)
        m_service.focus(window);
    else
        messages.showMessage(MessageBar::Kind::Information,
                             tr("Zoom in first: the model sees all of this picture already."));
    updateFocus();
}

void PromptingController::updateFocus()
{
    QAction *action = m_actions[ActionId::LookCloser];
    action->setEnabled(m_service.isReady());
    action->setChecked(m_service.focused() || m_service.isFocusing());
    m_canvas.update(); // the frame
}

void PromptingController::updateNote()
{
    const QString key =
        m_actions[ActionId::LookCloser]->shortcut().toString(QKeySequence::NativeText);
    Q_EMIT noted(m_session.isWorthFocus()
                     ? tr("This object is small for the model: %1 looks closer").arg(key)
                     : QString());
}

} // namespace ui
