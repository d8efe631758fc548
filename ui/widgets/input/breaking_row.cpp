// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/input/breaking_row.h"

#include <QBoxLayout>

namespace ui
{

int breakRow(QBoxLayout &row, int width, int leastFirst)
{
    int needed = 0;
    for (int i = 0; i < row.count(); ++i) {
        const int hint = row.itemAt(i)->sizeHint().width();
        needed += (i == 0 && leastFirst >= 0 ? leastFirst : hint) + (i > 0 ? row.spacing() : 0);
    }
    const auto direction = needed <= width ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (row.direction() != direction)
        row.setDirection(direction);
    return needed;
}

} // namespace ui
