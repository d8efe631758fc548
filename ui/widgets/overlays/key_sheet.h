// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/gestures.h"

#include <QFont>
#include <QPoint>
#include <QSize>

#include <vector>

namespace ui
{

/// Where the lines of the sheet of keys stand: they flow into columns of about the same height,
/// each as wide as its own lines need. A block may go on in the next column, but not right after
/// its heading, and its last line does not stand alone.
struct KeySheet {
    struct Line {
        QString keys; ///< empty: `does` is a heading
        QString does;
        QPoint position;
        int keysWidth = 0; ///< of its column
        int doesWidth = 0;
    };
    std::vector<Line> lines;
    QSize size;
    int lineHeight = 0;
    QFont font;
    bool fits = false; ///< into the room it was laid out for
};

/// Of the gestures those that `tool` knows, and all keys. In smaller type where there is not enough
/// room.
KeySheet layOutKeys(ActionId tool, const QFont &font, QSize room);

} // namespace ui
