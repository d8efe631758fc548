// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/guide.h"

#include "ui/editing/document.h"
#include "ui/editing/prompt_session.h"

namespace ui
{

Guide::Guide(Document &document, PromptSession &session, QObject *parent)
    : QObject(parent), m_document(document), m_session(session)
{
    m_steps = {
        {{tr("Click on something"),
          tr("Move over the picture: the line shows what a click would give. Click in the middle "
             "of an object.")},
         &Guide::watchAnswer},
        {{tr("Correct it"),
          tr("Click where a part is missing, right-click where there is too much. Each click "
             "improves the mask.")},
         &Guide::watchCorrection},
        {{tr("Keep it"), tr("Press Enter. The object joins the list on the right and is saved.")},
         &Guide::watchAccept},
        {{tr("Draw a box"),
          tr("Drag a box around something: often the quickest way to a whole object.")},
         &Guide::watchBox},
        {{tr("Take it back"),
          tr("Press Ctrl+Z until an accepted object goes. Ctrl+Shift+Z brings it again; nothing is "
             "ever lost.")},
         &Guide::watchUndo},
        {{tr("That is all you need"),
          tr("Number keys choose the category, Ctrl+Enter keeps the mask and goes to the next "
             "picture, Ctrl+E exports. Press ? for all keys.")},
         nullptr},
    };
}

void Guide::start()
{
    goTo(0);
}

void Guide::stop()
{
    goTo(-1);
}

void Guide::skipStep()
{
    if (isRunning())
        advance();
}

void Guide::advance()
{
    goTo(isLast() ? -1 : m_index + 1);
}

void Guide::goTo(int index)
{
    disconnect(m_watch);
    m_index = index;
    if (isRunning()) {
        if (const Watch watch = m_steps[std::size_t(index)].watch)
            m_watch = (this->*watch)();
    }
    Q_EMIT changed();
}

QMetaObject::Connection Guide::watchAnswer()
{
    return connect(&m_session, &PromptSession::candidatesChanged, this, [this] {
        if (m_session.current())
            advance();
    });
}

QMetaObject::Connection Guide::watchCorrection()
{
    return connect(&m_session, &PromptSession::candidatesChanged, this, [this] {
        if (m_session.current() && m_session.prompt().points.size() > 1)
            advance();
    });
}

QMetaObject::Connection Guide::watchAccept()
{
    return connect(&m_session, &PromptSession::accepted, this, [this] { advance(); });
}

QMetaObject::Connection Guide::watchBox()
{
    return connect(&m_session, &PromptSession::candidatesChanged, this, [this] {
        if (m_session.current() && m_session.prompt().box)
            advance();
    });
}

QMetaObject::Connection Guide::watchUndo()
{
    return connect(m_document.undoStack(), &QUndoStack::indexChanged, this,
                   [this, before = m_document.undoStack()->index()](int index) mutable {
                       if (index < before)
                           advance();
                       before = index;
                   });
}

} // namespace ui
