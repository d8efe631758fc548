// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"
#include "ui/widgets/panels/object_panel.h"
#include "window_fixture.h"

/// What goes wrong with files is told in the window, which works on.
class TestWindowTroubles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badPictureSaysSo();
    void damagedPictureIsShownAndSaysSo();
    void replacedPictureSaysSo();
    void emptyFolderSaysSo();
    void unwritableExportSaysSo();
};

void TestWindowTroubles::badPictureSaysSo()
{
    WindowFixture f;
    QFile broken(f.folder.filePath("0 broken.png"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("this is no picture");
    broken.close();
    WindowFixture::drawPicture(f.folder.filePath("good.png"), {100, 80}, Qt::white);
    f.window.openPaths({f.folder.path()});
    EVENTUALLY(f.window.emptyHeading().contains("cannot be used"));
    QVERIFY(!f.canvas().hasPicture());
    QVERIFY(f.window.objects()->emptyText().isEmpty()); // there is nothing to click on
    f.key(Qt::Key_D);
    EVENTUALLY(f.canvas().hasPicture());
    QVERIFY(f.window.objects()->emptyText().contains("click on something"));
}

void TestWindowTroubles::damagedPictureIsShownAndSaysSo()
{
    WindowFixture f;
    const QString name = f.folder.filePath("damaged.jpg");
    WindowFixture::drawPicture(name, {200, 160}, Qt::gray);
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray whole = file.readAll();
    file.resize(0);
    file.write(QByteArray(whole).remove(whole.size() - 200, 150)); // its end mark stays
    file.close();
    f.window.openPaths({f.folder.path()});
    EVENTUALLY(f.canvas().hasPicture());
    EVENTUALLY(f.window.messages()->text().contains("damaged.jpg"));
    QCOMPARE(f.window.messages()->kind(), ui::MessageBar::Kind::Warning);
}

void TestWindowTroubles::replacedPictureSaysSo()
{
    WindowFixture f;
    f.openFolder();
    f.click(150, 150);
    EVENTUALLY(f.session().current());
    f.key(Qt::Key_Return);
    f.key(Qt::Key_D);
    EVENTUALLY(f.canvas().hasPicture());
    QVERIFY(f.window.messages()->text().isEmpty());
    WindowFixture::drawPicture(f.folder.filePath("a.png"), {320, 240}, Qt::lightGray);
    f.key(Qt::Key_A);
    EVENTUALLY(f.canvas().hasPicture());
    QVERIFY(f.window.messages()->text().contains("replaced"));
    QVERIFY(f.window.messages()->text().contains("640 × 480"));
    QCOMPARE(f.window.messages()->kind(), ui::MessageBar::Kind::Warning);
    QCOMPARE(f.objects().size(), 1U);
}

void TestWindowTroubles::emptyFolderSaysSo()
{
    WindowFixture f;
    QVERIFY(!f.window.emptyHeading().isEmpty());
    f.window.openPaths({f.folder.path()});
    EVENTUALLY(f.window.emptyHeading().contains("no pictures"));
}

void TestWindowTroubles::unwritableExportSaysSo()
{
    WindowFixture f;
    f.openFolder();
    f.window.exportTo(f.folder.filePath("no such folder/out.json"));
    EVENTUALLY(f.window.messages()->text().contains("out.json") ||
               f.window.messages()->text().contains("no such folder"));
    QCOMPARE(f.window.messages()->kind(), ui::MessageBar::Kind::Error);
}

QTEST_MAIN(TestWindowTroubles)
#include "tst_window_troubles.moc"
