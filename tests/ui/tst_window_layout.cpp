// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/candidate_strip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/import_dialog.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/overlays/about_dialog.h"
#include "ui/widgets/overlays/guide_card.h"
#include "ui/widgets/overlays/key_overlay.h"
#include "ui/widgets/preferences/preferences_dialog.h"
#include "ui/widgets/proposals/everything_bar.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/review_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "window_fixture.h"

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QMenuBar>
#include <QSet>
#include <QToolButton>

#include <map>

/// Runs at 100% and at 200% (see CMakeLists.txt).
class TestWindowLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsClipped_data();
    void nothingIsClipped();
    void aboutFitsItsWords();
    void dialogsFitTheirWordsAtTheirSmallest();
    void keysFitOnTheirSheet();
    void keysAreReadInSmallWindows_data();
    void keysAreReadInSmallWindows();
    void whatHasNoRoomInTheToolBarIsOffered();
    void theGuideFitsASmallWindow();
    void candidatesKeepClearOfTheGuide();
    void barsFitASmallWindow();
    void panelsHideAndComeBack();
};

/// Names of what is smaller than its words need.
static QStringList clipped(const QWidget &root)
{
    QStringList names;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&root) || widget->width() == 0)
            continue;
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QSize needed;
        if (label && !label->text().isEmpty() && !qobject_cast<const ui::ElidedLabel *>(label))
            needed = label->wordWrap() ? QSize(0, label->heightForWidth(label->width()))
                                       : label->sizeHint();
        else if (button && !button->text().isEmpty())
            needed = button->minimumSizeHint();
        if (needed.width() > widget->width() || needed.height() > widget->height())
            names << QStringLiteral("%1 “%2” has %3 x %4, needs %5 x %6")
                         .arg(widget->metaObject()->className(),
                              label ? label->text() : button->text())
                         .arg(widget->width())
                         .arg(widget->height())
                         .arg(needed.width())
                         .arg(needed.height());
    }
    return names;
}

void TestWindowLayout::nothingIsClipped_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("withPicture");
    for (const QSize size :
         {QSize(1280, 800), QSize(1600, 1000), QSize(960, 620), QSize(700, 450)}) {
        QTest::addRow("%d x %d, empty", size.width(), size.height()) << size << false;
        QTest::addRow("%d x %d, with a picture", size.width(), size.height()) << size << true;
    }
}

void TestWindowLayout::nothingIsClipped()
{
    QFETCH(QSize, size);
    QFETCH(bool, withPicture);
    WindowFixture f;
    if (withPicture) {
        f.openFolder();
        f.click(150, 150);
        EVENTUALLY(f.session().current());
    }
    f.window.resize(size);
    QTest::qWait(20);
    QVERIFY2(f.window.width() <= size.width(), "the window does not fit");
    const QStringList names = clipped(f.window);
    QVERIFY2(names.isEmpty(), qPrintable(names.join('\n')));
    QCOMPARE(f.window.devicePixelRatioF(), qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble());
}

void TestWindowLayout::aboutFitsItsWords()
{
    ui::AboutDialog dialog({}, QStringLiteral("LibTorch 1.13.0"), nullptr);
    dialog.show();
    const QStringList names = clipped(dialog);
    QVERIFY2(names.isEmpty(), qPrintable(names.join('\n')));
}

void TestWindowLayout::dialogsFitTheirWordsAtTheirSmallest()
{
    const auto check = [](QDialog &dialog) {
        dialog.show();
        dialog.resize(1, 1);
        QTest::qWait(20);
        dialog.resize(dialog.minimumSize());
        QTest::qWait(20);
        const QStringList names = clipped(dialog);
        QVERIFY2(names.isEmpty(), qPrintable(names.join('\n')));
    };
    ui::PreferencesDialog preferences({}, {}, nullptr);
    check(preferences);
    QTemporaryDir folder;
    for (const char *format : {"coco", "labelme", "voc"}) {
        ui::ExportChoice choice;
        choice.format = QLatin1String(format);
        ui::ExportDialog dialog(choice, {12, 5, 2, 3}, folder.path(), nullptr);
        check(dialog);
    }
    ui::ImportDialog empty({}, nullptr);
    check(empty);
}

void TestWindowLayout::keysFitOnTheirSheet()
{
    QWidget around;
    around.resize(1280, 800);
    ui::KeyOverlay keys(&around);
    keys.setTheme(ui::Theme::lightTheme());
    around.show();
    keys.toggle();
    QVERIFY(keys.isVisible());
    const ui::KeySheet &sheet = keys.sheet();
    QVERIFY(sheet.fits);
    QVERIFY(sheet.size.width() <= around.width() && sheet.size.height() <= around.height());
    // Columns end at about the same height: no column of a line or two.
    std::map<int, int> bottoms;
    for (const ui::KeySheet::Line &line : sheet.lines)
        bottoms[line.position.x()] = line.position.y() + sheet.lineHeight;
    QVERIFY(bottoms.size() > 1);
    for (const auto &[x, bottom] : bottoms)
        QVERIFY(bottom * 2 > sheet.size.height());
    QTest::keyClick(&keys, Qt::Key_Escape);
    QVERIFY(!keys.isVisible());
}

void TestWindowLayout::keysAreReadInSmallWindows_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("wholeLines");
    QTest::newRow("a small laptop") << QSize(880, 540) << true;
    QTest::newRow("half a screen at 200%") << QSize(640, 500) << true;
    QTest::newRow("the smallest window") << QSize(420, 300) << false;
}

/// Nothing is smaller than can be read, and all comes into sight by keys alone.
void TestWindowLayout::keysAreReadInSmallWindows()
{
    QFETCH(QSize, size);
    QFETCH(bool, wholeLines);
    QWidget around;
    around.resize(size);
    ui::KeyOverlay keys(&around);
    keys.setTheme(ui::Theme::darkTheme());
    around.show();
    keys.toggle();
    const ui::KeySheet &sheet = keys.sheet();
    QVERIFY(sheet.font.pointSizeF() >= 0.85 * QFontInfo(keys.font()).pointSizeF());
    QVERIFY(around.rect().contains(keys.frame()));
    QVERIFY(sheet.size.width() < keys.frame().width());
    const QFontMetrics metrics(sheet.font);
    QSet<qsizetype> seen;
    for (int page = 0; page < 30; ++page) {
        for (qsizetype i = 0; i < qsizetype(sheet.lines.size()); ++i) {
            const ui::KeySheet::Line &line = sheet.lines[std::size_t(i)];
            const QRect place(line.position,
                              QSize(line.keysWidth + line.doesWidth, sheet.lineHeight));
            if (keys.visibleSheet().contains(place))
                seen << i;
            QVERIFY(!wholeLines || line.isHeading ||
                    (metrics.horizontalAdvance(line.keys) <= line.keysWidth &&
                     metrics.horizontalAdvance(line.does) <= line.doesWidth));
        }
        QTest::keyClick(&keys, Qt::Key_PageDown);
        QVERIFY(keys.isVisible());
    }
    QCOMPARE(seen.size(), qsizetype(sheet.lines.size()));
    const QRect bottom = keys.visibleSheet();
    QTest::keyClick(&keys, Qt::Key_Up);
    QVERIFY(keys.visibleSheet().top() < bottom.top());
    QTest::keyClick(&keys, Qt::Key_End);
    QCOMPARE(keys.visibleSheet(), bottom);
    QTest::keyClick(&keys, Qt::Key_Home);
    QCOMPARE(keys.visibleSheet().top(), 0);
    // In a larger window it is whole again.
    around.resize(1300, 900);
    QVERIFY(keys.sheet().fits);
    QCOMPARE(keys.visibleSheet().height(), keys.sheet().size.height());
    QTest::keyClick(&keys, Qt::Key_Escape);
    QVERIFY(!keys.isVisible());
}

void TestWindowLayout::whatHasNoRoomInTheToolBarIsOffered()
{
    WindowFixture f;
    f.openFolder();
    auto *more = f.window.findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"));
    f.window.resize(1280, 800);
    EVENTUALLY(!more->isVisible());
    f.window.resize(700, 500);
    EVENTUALLY(more->isVisible());
    QVERIFY(more->width() >= 20);
    // Something is drawn on it, in a colour that is seen.
    const QRect place(more->mapTo(&f.window, QPoint()), more->size());
    const QImage seen = f.window.grab(place).toImage();
    const QColor behind = seen.pixelColor(1, seen.height() / 2);
    int drawn = 0;
    for (int y = 0; y < seen.height(); ++y)
        for (int x = 0; x < seen.width(); ++x)
            drawn += std::abs(seen.pixelColor(x, y).lightness() - behind.lightness()) > 100;
    QVERIFY(drawn > 10);
}

void TestWindowLayout::theGuideFitsASmallWindow()
{
    WindowFixture f;
    f.openFolder();
    f.window.resize(700, 460);
    f.window.actions()[ui::ActionId::StartGuide]->trigger();
    const auto *card = f.window.findChild<ui::GuideCard *>();
    EVENTUALLY(card->isVisible());
    for (const int width : {700, 1280, 700}) {
        f.window.resize(width, 460);
        QTest::qWait(20);
        QVERIFY(f.canvas().rect().contains(card->geometry()));
        const QStringList names = clipped(*card);
        QVERIFY2(names.isEmpty(), qPrintable(names.join('\n')));
    }
}

/// What is wrong with a bar on the canvas at some widths of the window; empty: nothing.
static QString troubleOf(WindowFixture &f, const QWidget &bar)
{
    for (const int width : {880, 1280, 880}) {
        f.window.resize(width, 540);
        QTest::qWait(20);
        const QStringList names = clipped(bar);
        if (!bar.isVisible() || !f.canvas().rect().contains(bar.geometry()) || !names.isEmpty())
            return QStringLiteral("%1: bar of %2 on %3\n")
                       .arg(width)
                       .arg(bar.width())
                       .arg(f.canvas().width()) +
                   names.join('\n');
    }
    return {};
}

void TestWindowLayout::barsFitASmallWindow()
{
    WindowFixture f;
    f.openFolder();
    EVENTUALLY(f.service.isReady());
    f.click(150, 150);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    f.window.resize(880, 540);
    f.key(Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(troubleOf(f, *f.window.objectActions().cleanUpBar()), QString());
    f.window.objectActions().cleanUpBar()->close();

    ui::EverythingDesk &everything = f.window.everything();
    everything.session().search().setPointsPerSide(4);
    f.key(Qt::Key_E);
    EVENTUALLY(everything.bar()->isVisible());
    QCOMPARE(troubleOf(f, *everything.bar()), QString());
    f.key(Qt::Key_Escape);

    QFile found(f.settingsFolder.filePath("found.json"));
    QVERIFY(found.open(QIODevice::WriteOnly));
    found.write(R"({"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}],
        "categories": [{"id": 1, "name": "person"}], "annotations": [
            {"image_id": 1, "category_id": 1, "bbox": [160, 120, 60, 40], "score": 0.2}]})");
    found.close();
    f.window.openPaths({found.fileName()});
    EVENTUALLY(f.window.review().bar()->isVisible());
    QCOMPARE(troubleOf(f, *f.window.review().bar()), QString());
}

void TestWindowLayout::candidatesKeepClearOfTheGuide()
{
    WindowFixture f;
    f.openFolder();
    EVENTUALLY(f.service.isReady());
    f.window.actions()[ui::ActionId::StartGuide]->trigger();
    const auto *card = f.canvas().findChild<ui::GuideCard *>();
    const auto *strip = f.canvas().findChild<ui::CandidateStrip *>();
    QVERIFY(card->isVisible());
    for (const QPoint &place :
         {QPoint(60, 330), QPoint(40, 420), QPoint(200, 400), QPoint(10, 10)}) {
        f.click(place.x(), place.y());
        EVENTUALLY(f.session().candidates().size() > 1 && strip->isVisible());
        EVENTUALLY(!strip->geometry().intersects(card->geometry()));
        QVERIFY(f.canvas().rect().contains(strip->geometry()));
        f.session().drop();
    }
}

void TestWindowLayout::panelsHideAndComeBack()
{
    WindowFixture f;
    f.openFolder();
    const int before = f.canvas().width();
    f.key(Qt::Key_F8);
    EVENTUALLY(f.canvas().width() > before + 300);
    f.key(Qt::Key_F8);
    EVENTUALLY_EQUAL(f.canvas().width(), before);
}

QTEST_MAIN(TestWindowLayout)
#include "tst_window_layout.moc"
