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
/// its heading, and its last line does not stand alone. What does not fit is higher than the room,
/// never wider.
struct KeySheet {
    struct Line {
        QString keys; ///< empty: a heading, or what `does` goes on with
        QString does;
        bool isHeading = false;
        QPoint position = {};
        int keysWidth = 0; ///< of its column
        int doesWidth = 0;
    };
    std::vector<Line> lines;
    QSize size;
    int lineHeight = 0;
    QFont font;
    bool fits = false; ///< as a whole into the room it was laid out for
};

/// Of the gestures those that `tool` knows, and all keys. In slightly smaller type where that makes
/// it fit; where nothing does, in the type asked for, its sentences broken into lines and as high
/// as it needs, to be scrolled. `besides`: the width that a scroll bar takes of the room then.
KeySheet layOutKeys(ActionId tool, const QFont &font, QSize room, int besides = 0);

} // namespace ui
