// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/gestures.h"
#include "ui/editing/palette.h"

#include <QSet>
#include <QtTest>

#include <array>
#include <cmath>

using namespace ui;

namespace
{

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

Vector product(const Matrix &m, const Vector &v)
{
    Vector result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            result[i] += m[i][j] * v[j];
    return result;
}

// How full colour blindness sees linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.0.
constexpr Matrix sameForAll{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protanopia{{{0.152286, 1.052583, -0.204868},
                             {0.114503, 0.786281, 0.099216},
                             {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{{{0.367322, 0.860646, -0.227968},
                               {0.280085, 0.672501, 0.047413},
                               {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{{{1.255528, -0.076749, -0.178779},
                             {-0.078411, 0.930809, 0.147602},
                             {0.004733, 0.691367, 0.303900}}};

/// CIE L*a*b*, D65.
Vector labSeenBy(const Matrix &eyes, const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const Vector seen =
        product(eyes, {linear(color.redF()), linear(color.greenF()), linear(color.blueF())});
    const Vector xyz = product(
        {{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}}, seen);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f(xyz[0] / 0.9505), y = f(xyz[1]), z = f(xyz[2] / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const Vector &a, const Vector &b)
{
    return std::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                     (a[2] - b[2]) * (a[2] - b[2]));
}

} // namespace

class TestGestures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShortcutIsReadAndTakenOnce()
    {
        QSet<QString> names;
        QSet<QKeySequence> shortcuts;
        int id = 0;
        for (const ActionGesture &gesture : actionGestures()) {
            QVERIFY2(!names.contains(QString::fromLatin1(gesture.name)), gesture.name);
            names.insert(QString::fromLatin1(gesture.name));
            QCOMPARE(&actionGesture(gesture.id), &gesture);
            for (const QKeySequence &shortcut : defaultShortcuts(gesture.id)) {
                QVERIFY2(!shortcut.isEmpty() && shortcut[0].key() != Qt::Key_unknown, gesture.name);
                QVERIFY2(!shortcuts.contains(shortcut), gesture.name);
                shortcuts.insert(shortcut);
            }
            ++id;
        }
        QCOMPARE(id, int(ActionId::About) + 1);
    }

    void theMarkdownNamesEveryShortcut()
    {
        const QString text = gestureMarkdown();
        for (const ActionGesture &gesture : actionGestures()) {
            for (const QKeySequence &shortcut : defaultShortcuts(gesture.id))
                QVERIFY2(text.contains(QLatin1Char('`') +
                                       shortcut.toString(QKeySequence::PortableText) +
                                       QLatin1Char('`')),
                         gesture.name);
        }
        QVERIFY(!text.contains(QLatin1Char('&')));
    }

    void paletteColoursStayApart_data()
    {
        QTest::addColumn<Matrix>("eyes");
        QTest::newRow("full colour vision") << sameForAll;
        QTest::newRow("protanopia") << protanopia;
        QTest::newRow("deuteranopia") << deuteranopia;
        QTest::newRow("tritanopia") << tritanopia;
    }

    void paletteColoursStayApart()
    {
        QFETCH(Matrix, eyes);
        QCOMPARE(palette().size(), std::size_t(20));
        // 2.3 is just noticeable side by side.
        for (std::size_t i = 0; i < 20; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const double apart =
                    difference(labSeenBy(eyes, palette()[i]), labSeenBy(eyes, palette()[j]));
                QVERIFY2(apart > 15,
                         qPrintable(QStringLiteral("%1 and %2: %3").arg(i).arg(j).arg(apart)));
            }
        }
    }

    void newColoursComeInOrderAndThenGoRound()
    {
        std::vector<QColor> used;
        for (int i = 0; i < 45; ++i) {
            const QColor color = nextColor(used);
            QCOMPARE(color, palette()[std::size_t(i) % 20]);
            used.push_back(color);
        }
    }
};

QTEST_GUILESS_MAIN(TestGestures)
#include "tst_gestures.moc"
