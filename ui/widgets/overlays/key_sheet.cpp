// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/key_sheet.h"

#include <QCoreApplication>
#include <QFontMetrics>

namespace ui
{
namespace
{

constexpr int betweenColumns = 32;
constexpr double smallestType = 6; // points

using Line = KeySheet::Line;
using Block = std::vector<Line>; ///< its heading first

QString translated(const char *text)
{
    return QCoreApplication::translate("gestures", text).remove(QLatin1Char('&'));
}

QString keysOf(ActionId action)
{
    QStringList keys;
    for (const QKeySequence &key : defaultShortcuts(action)) {
        if (!key.isEmpty())
            keys << key.toString(QKeySequence::NativeText);
    }
    return keys.join(QStringLiteral(", "));
}

/// In the table's order; pointer gestures come before keys.
std::vector<Block> blocks(ActionId tool)
{
    std::vector<Block> result;
    const auto add = [&result](const QString &section, const QString &keys, const QString &does) {
        for (Block &block : result) {
            if (block.front().does == section) {
                block.push_back({keys, does, {}, 0, 0});
                return;
            }
        }
        result.push_back({{QString(), section, {}, 0, 0}, {keys, does, {}, 0, 0}});
    };
    for (const PointerGesture &gesture : pointerGestures()) {
        if (concerns(gesture, tool))
            add(translated(gesture.section), translated(gesture.gesture), translated(gesture.does));
    }
    for (const ActionGesture &gesture : actionGestures()) {
        const QString keys = keysOf(gesture.id);
        if (!keys.isEmpty())
            add(translated(gesture.section), keys, translated(gesture.does));
    }
    return result;
}

/// The widths that each line needs by itself.
void measure(std::vector<Block> &blocks, const QFontMetrics &metrics)
{
    for (Block &block : blocks) {
        for (Line &line : block) {
            if (line.keys.isEmpty())
                continue;
            line.keysWidth = metrics.horizontalAdvance(line.keys) + 14;
            line.doesWidth = metrics.horizontalAdvance(line.does) + 4;
        }
    }
}

/// Columns of no more than `height`.
KeySheet flow(const std::vector<Block> &blocks, int lineHeight, int height)
{
    KeySheet sheet;
    sheet.lineHeight = lineHeight;
    std::size_t columnStart = 0;
    int x = 0, y = 0;
    const auto endColumn = [&] {
        int keys = 0, does = 0;
        for (std::size_t i = columnStart; i < sheet.lines.size(); ++i) {
            keys = std::max(keys, sheet.lines[i].keysWidth);
            does = std::max(does, sheet.lines[i].doesWidth);
        }
        for (std::size_t i = columnStart; i < sheet.lines.size(); ++i) {
            sheet.lines[i].keysWidth = keys;
            sheet.lines[i].doesWidth = does;
        }
        sheet.size.setWidth(x + keys + does);
        x += keys + does + betweenColumns;
        y = 0;
        columnStart = sheet.lines.size();
    };
    for (const Block &block : blocks) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            // A heading takes two lines along, the last line but one takes the last one along.
            const std::size_t together = i == 0 ? std::min<std::size_t>(3, block.size())
                                         : i + 2 == block.size() ? 2
                                                                 : 1;
            if (y > 0 && y + int(together) * lineHeight > height)
                endColumn();
            sheet.lines.push_back(block[i]);
            sheet.lines.back().position = QPoint(x, y);
            y += lineHeight;
            sheet.size.setHeight(std::max(sheet.size.height(), y));
        }
        y += lineHeight / 2;
    }
    endColumn();
    return sheet;
}

/// No column is less than half as high as the others.
bool isEven(const KeySheet &sheet)
{
    for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
        const bool endsColumn = i + 1 == sheet.lines.size() || sheet.lines[i + 1].position.y() == 0;
        if (endsColumn &&
            2 * (sheet.lines[i].position.y() + sheet.lineHeight) < sheet.size.height())
            return false;
    }
    return true;
}

} // namespace

KeySheet layOutKeys(ActionId tool, const QFont &font, QSize room)
{
    std::vector<Block> lines = blocks(tool);
    KeySheet sheet;
    QFont body = font;
    for (double points = font.pointSizeF(); points >= smallestType; points -= 0.5) {
        body.setPointSizeF(points);
        const QFontMetrics metrics(body);
        const int lineHeight = metrics.height() + 4;
        measure(lines, metrics);
        // The lowest columns that are not too wide together.
        for (int height = 8 * lineHeight; height <= room.height(); height += lineHeight / 2) {
            sheet = flow(lines, lineHeight, height);
            sheet.fits = sheet.size.width() <= room.width() &&
                         sheet.size.height() <= room.height() && isEven(sheet);
            if (sheet.fits)
                break;
        }
        if (sheet.fits)
            break;
    }
    sheet.font = body;
    return sheet;
}

} // namespace ui
