// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme/icons.h"
#include "ui/widgets/theme/style_sheet.h"
#include "ui/widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QPixmap>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>

#include <cmath>

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyIconDrawsInItsThemesColor_data();
    void everyIconDrawsInItsThemesColor();
    void applicationIconDraws();
    void textReads_data();
    void textReads();
    void styleSheetHasNoOpenNames();
    void everyColorStandsInTheTheme();
    void controlsAreSeen_data();
    void controlsAreSeen();
};

static QList<std::pair<const char *, ui::Theme>> themes()
{
    return {{"light", ui::Theme::lightTheme()}, {"dark", ui::Theme::darkTheme()}};
}

void TestTheme::everyIconDrawsInItsThemesColor_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    QVERIFY(ui::iconNames().size() > 20);
    for (const QString &name : ui::iconNames())
        for (const auto &[themeName, theme] : themes())
            QTest::addRow("%s, %s", qPrintable(name), themeName) << name << theme.dark;
}

void TestTheme::everyIconDrawsInItsThemesColor()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    const ui::Theme theme = ui::Theme::forChoice(ui::ThemeChoice::System, dark);
    const QIcon icon = ui::themedIcon(name, theme);
    for (const int size : {16, 20, 40}) {
        const QImage image = icon.pixmap(size).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        int painted = 0;
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const QColor pixel = image.pixelColor(x, y);
                painted += pixel.alpha() > 60;
                if (pixel.alpha() > 240) {
                    // Nothing but the theme's colour.
                    QVERIFY(std::abs(pixel.red() - theme.text.red()) < 12);
                    QVERIFY(std::abs(pixel.blue() - theme.text.blue()) < 12);
                }
            }
        }
        QVERIFY2(painted > size, qPrintable(name));
        QVERIFY(painted < size * size * 0.6);
    }
}

void TestTheme::applicationIconDraws()
{
    const QImage image = ui::applicationIcon().pixmap(64).toImage();
    QCOMPARE(image.pixelColor(12, 12).alpha(), 255);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
}

static double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

/// WCAG 2.
static double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

void TestTheme::textReads_data()
{
    QTest::addColumn<QColor>("front");
    QTest::addColumn<QColor>("behind");
    for (const auto &[name, t] : themes()) {
        const auto row = [&name = name](const char *what, const QColor &front,
                                        const QColor &behind) {
            QTest::addRow("%s: %s", name, what) << front << behind;
        };
        row("text on panel", t.text, t.panel);
        row("text on window", t.text, t.window);
        row("text on selection", t.text, t.selection);
        row("muted on panel", t.mutedText, t.panel);
        row("muted on window", t.mutedText, t.window);
        row("muted on selection", t.mutedText, t.selection);
        row("accent on panel", t.accent, t.panel); // headings and links
        row("accent on canvas", t.accent, t.canvas);
        row("muted on canvas", t.mutedText, t.canvas);
        row("accent text", t.accentText, t.accent);
        row("danger on panel", t.danger, t.panel);
        row("warning on panel", t.warning, t.panel);
        row("success on panel", t.success, t.panel);
    }
}

void TestTheme::textReads()
{
    QFETCH(QColor, front);
    QFETCH(QColor, behind);
    QVERIFY2(contrast(front, behind) >= 4.5, qPrintable(QString::number(contrast(front, behind))));
}

void TestTheme::controlsAreSeen_data()
{
    QTest::addColumn<QString>("control");
    QTest::addColumn<bool>("dark");
    for (const char *control : {"check box", "radio button", "spin box", "combo box", "line edit"})
        for (const bool dark : {false, true})
            QTest::addRow("%s, %s", control, dark ? "dark" : "light") << control << dark;
}

/// What stands at the left edge of the control has 3:1 to what is behind it.
void TestTheme::controlsAreSeen()
{
    QFETCH(QString, control);
    QFETCH(bool, dark);
    const ui::Theme theme = dark ? ui::Theme::darkTheme() : ui::Theme::lightTheme();
    ui::applyTheme(*qApp, theme);
    for (const QColor &behind : {theme.window, theme.panel}) {
        QWidget around;
        QPalette palette = around.palette();
        palette.setColor(QPalette::Window, behind);
        around.setPalette(palette);
        QWidget *widget = control == "check box" ? static_cast<QWidget *>(new QCheckBox(&around))
                          : control == "radio button" ? new QRadioButton(&around)
                          : control == "spin box"     ? new QSpinBox(&around)
                          : control == "combo box" ? static_cast<QWidget *>(new QComboBox(&around))
                                                   : new QLineEdit(&around);
        widget->setGeometry(20, 20, 120, 30);
        around.resize(160, 70);
        const QImage seen = around.grab().toImage();
        double best = 1; // along a line from the left into the middle of the control
        for (int x = 15; x < 45; ++x)
            best = std::max(best, contrast(seen.pixelColor(x, 35), behind));
        QVERIFY2(best >= 3, qPrintable(QString::number(best)));
    }
}

/// Nothing else that is painted names a colour.
void TestTheme::everyColorStandsInTheTheme()
{
    const QDir root(QStringLiteral(TEST_DATA_DIR "/../../ui/widgets"));
    const QRegularExpression color(QStringLiteral(
        R"(QColor\w*[({]\s*(0x)?\d|fromRgb\w*\(\s*(0x)?\d|qRgba?\(\s*\d|"#[0-9a-fA-F]{3,8}"|)"
        R"(Qt::(dark)?(white|black|red|green|blue|cyan|magenta|yellow|(light)?[gG]ray)\b)"));
    int files = 0;
    QDirIterator all(root.path(), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (file.fileName().contains(QStringLiteral("/theme/theme.")))
            continue;
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto found = color.match(QString::fromUtf8(file.readAll()));
        QVERIFY2(!found.hasMatch(),
                 qPrintable(root.relativeFilePath(file.fileName()) + ": " + found.captured()));
        ++files;
    }
    QVERIFY(files > 100);
}

void TestTheme::styleSheetHasNoOpenNames()
{
    for (const auto &[name, theme] : themes())
        QVERIFY2(!ui::styleSheet(theme).contains(QLatin1Char('@')), name);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
