// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/everything_desk.h"

#include "ui/editing/prompt_session.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/everything_bar.h"
#include "ui/widgets/proposals/proposal_layer.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/words.h"

#include <cmath>

namespace ui
{
namespace
{

/// Of the picture's area: when less is on screen, "in view" is what is on screen.
constexpr double clearlyLess = 0.7;

core::PixelRect pixelsOf(const QRectF &picture)
{
    const QRect rect = picture.toAlignedRect();
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

} // namespace

EverythingDesk::EverythingDesk(Document &document, SegmentationService &service,
                               PromptSession &prompts, CanvasView &canvas, MessageBar &messages,
                               QObject *parent)
    : QObject(parent), m_document(document), m_service(service), m_prompts(prompts),
      m_canvas(canvas), m_messages(messages), m_session(document, service),
      m_layer(new ProposalLayer(canvas, m_session.list())),
      m_bar(new EverythingBar(m_session, &canvas)),
      m_progress(new TaskProgress(tr("Looking for everything")))
{
    connect(m_layer, &ProposalLayer::clicked, &m_session.list(), &ProposalList::toggle);
    connect(m_bar, &EverythingBar::acceptAsked, this, &EverythingDesk::accept);
    connect(m_bar, &EverythingBar::dropAsked, this, &EverythingDesk::drop);
    connect(m_progress, &TaskProgress::cancelled, this, &EverythingDesk::drop);
    connect(&m_session.search(), &EverythingSearch::progressChanged, m_progress,
            &TaskProgress::setProgress);
    connect(&m_session, &EverythingSession::stateChanged, m_progress,
            [this] { m_progress->setVisible(m_session.isSearching()); });
    connect(&m_session, &EverythingSession::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages.showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
}

core::PixelRect EverythingDesk::region() const
{
    const project::PromptRecord &prompt = m_prompts.prompt();
    if (prompt.box && prompt.points.empty() && prompt.strokes.empty())
        return pixelsOf({QPointF(prompt.box->x0, prompt.box->y0),
                         QPointF(prompt.box->x1 + 1, prompt.box->y1 + 1)});
    const QRectF visible = m_canvas.transform().visiblePicture();
    const double share =
        visible.width() * visible.height() / double(m_canvas.transform().picture().area());
    return share < clearlyLess ? pixelsOf(visible) : core::PixelRect();
}

void EverythingDesk::start()
{
    if (!m_session.start(region())) {
        m_service.prepare();
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("The picture is still being prepared; try again in a moment."));
        return;
    }
    m_prompts.drop();
}

bool EverythingDesk::accept()
{
    if (!m_session.isOffering() || m_session.list().isEmpty())
        return false;
    if (m_document.isReadOnly()) {
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("This project is open for reading only."));
        return true;
    }
    const core::Id category = m_prompts.category();
    const int chosen = m_session.list().chosenCount();
    if (chosen == 0 || chosen == m_session.list().rowCount())
        m_session.acceptAll(category);
    else
        m_session.acceptChosen(category);
    return true;
}

bool EverythingDesk::drop()
{
    if (!m_session.isActive())
        return false;
    m_session.drop();
    return true;
}

void EverythingDesk::setTheme(const Theme &theme)
{
    m_bar->setTheme(theme);
}

} // namespace ui
