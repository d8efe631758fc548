// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/fitted_dialog.h"

#include <QEvent>
#include <QLayout>

namespace ui
{

bool FittedDialog::event(QEvent *event)
{
    const bool isTaken = QDialog::event(event);
    const bool isLaidOut = event->type() == QEvent::Show || event->type() == QEvent::Resize ||
                           event->type() == QEvent::LayoutRequest;
    if (isLaidOut && layout() && layout()->hasHeightForWidth())
        setMinimumHeight(layout()->totalMinimumHeightForWidth(width()));
    return isTaken;
}

} // namespace ui
