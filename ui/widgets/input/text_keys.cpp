// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/input/text_keys.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace ui
{
namespace
{

class TextKeys : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return false;
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            event->accept(); // "mine": Qt then sends it as a plain key press
            return true;
        default:
            return false;
        }
    }
};

} // namespace

void keepTextKeys(QLineEdit *field)
{
    field->installEventFilter(new TextKeys(field));
}

} // namespace ui
