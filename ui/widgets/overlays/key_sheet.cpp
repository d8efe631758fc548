// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/key_sheet.h"

#include <QCoreApplication>
#include <QFontInfo>
#include <QFontMetrics>

#include <limits>
#include <optional>

namespace ui
{
namespace
{

constexpr int betweenColumns = 32;
constexpr int doesMargin = 4;
constexpr double smallestShare = 0.85; // of the type asked for: below, it would not be read

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
                block.push_back({keys, does});
                return;
            }
        }
        result.push_back({{QString(), section, true}, {keys, does}});
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

/// The words of a sentence in lines of no more than `width`, as far as single words allow.
QStringList broken(const QString &sentence, const QFontMetrics &metrics, int width)
{
    QStringList lines;
    for (const QString &word : sentence.split(QLatin1Char(' '))) {
        if (!lines.isEmpty() &&
            metrics.horizontalAdvance(lines.back() + QLatin1Char(' ') + word) <= width)
            lines.back() += QLatin1Char(' ') + word;
        else
            lines << word;
    }
    return lines;
}

/// What is done is told in no more than `width`, in several lines where it takes more.
std::vector<Block> narrowed(const std::vector<Block> &blocks, const QFontMetrics &metrics,
                            int width)
{
    std::vector<Block> result;
    for (const Block &block : blocks) {
        Block &narrow = result.emplace_back();
        for (const Line &line : block) {
            if (line.isHeading) {
                narrow.push_back(line);
                continue;
            }
            const QStringList parts = broken(line.does, metrics, width - doesMargin);
            for (qsizetype i = 0; i < parts.size(); ++i)
                narrow.push_back({i == 0 ? line.keys : QString(), parts[i]});
        }
    }
    return result;
}

/// The widths that each line needs by itself.
void measure(std::vector<Block> &blocks, const QFontMetrics &metrics)
{
    for (Block &block : blocks) {
        for (Line &line : block) {
            if (line.isHeading)
                continue;
            line.keysWidth = line.keys.isEmpty() ? 0 : metrics.horizontalAdvance(line.keys) + 14;
            line.doesWidth = metrics.horizontalAdvance(line.does) + doesMargin;
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
            std::size_t together = i == 0                  ? std::min<std::size_t>(3, block.size())
                                   : i + 2 == block.size() ? 2
                                                           : 1;
            while (i + together < block.size() && block[i + together].keys.isEmpty())
                ++together; // nor is a sentence torn
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

/// The lowest columns of no more than `most` that are not too wide together; of even height if
/// there are such. Nothing: there are none.
std::optional<KeySheet> lowest(std::vector<Block> &blocks, const QFont &font, int width, int most)
{
    const QFontMetrics metrics(font);
    const int lineHeight = metrics.height() + 4;
    measure(blocks, metrics);
    for (int height = 8 * lineHeight; height <= most; height += lineHeight / 2) {
        KeySheet sheet = flow(blocks, lineHeight, height);
        if (sheet.size.width() <= width && sheet.size.height() <= most && isEven(sheet)) {
            sheet.font = font;
            return sheet;
        }
    }
    return std::nullopt;
}

/// As many columns as `width` takes when what is done is told in a few words a line.
KeySheet narrow(const std::vector<Block> &lines, const QFont &font, int width)
{
    const QFontMetrics metrics(font);
    std::vector<Block> blocks = lines;
    measure(blocks, metrics);
    int keys = 0;
    for (const Block &block : blocks)
        for (const Line &line : block)
            keys = std::max(keys, line.keysWidth);
    const int words = 24 * metrics.averageCharWidth();
    const int columns = std::max(1, (width + betweenColumns) / (keys + words + betweenColumns));
    const int column = (width + betweenColumns) / columns - betweenColumns;
    keys = std::min(keys, column / 2);
    blocks = narrowed(lines, metrics, column - keys);
    if (columns > 1) {
        std::size_t count = 0;
        for (const Block &block : blocks)
            count += block.size() + 1;
        if (auto sheet = lowest(blocks, font, width, int(count) * (metrics.height() + 4)))
            return *std::move(sheet);
    }
    measure(blocks, metrics);
    KeySheet sheet = flow(blocks, metrics.height() + 4, std::numeric_limits<int>::max());
    sheet.font = font;
    for (Line &line : sheet.lines) {
        line.keysWidth = std::min(line.keysWidth, keys); // cut where the window is tiny
        line.doesWidth = std::min(line.doesWidth, column - line.keysWidth);
    }
    sheet.size.setWidth(std::min(sheet.size.width(), width));
    return sheet;
}

} // namespace

KeySheet layOutKeys(ActionId tool, const QFont &font, QSize room, int besides)
{
    std::vector<Block> lines = blocks(tool);
    const double points = QFontInfo(font).pointSizeF();
    QFont body = font;
    for (double size = points; size >= smallestShare * points; size -= 0.5) {
        body.setPointSizeF(size);
        if (auto sheet = lowest(lines, body, room.width(), room.height())) {
            sheet->fits = true;
            return *std::move(sheet);
        }
    }
    KeySheet sheet = narrow(lines, font, room.width() - besides);
    sheet.fits = sheet.size.height() <= room.height();
    return sheet;
}

} // namespace ui
