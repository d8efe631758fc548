// SPDX-License-Identifier: Apache-2.0
// Projects and pictures that are not as they were: a sentence each, nothing lost.
#include "tests/as_nobody.h"
#include "ui/editing/edits.h"
#include "ui/widgets/message_bar.h"
#include "window_fixture.h"

#include <QSignalSpy>

#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace
{

/// A window with one object in the first of three pictures.
class Session : public WindowFixture
{
public:
    Session()
    {
        openFolder();
        clickAndAccept();
    }
    void clickAndAccept()
    {
        EVENTUALLY(service.isReady());
        click(190, 140);
        EVENTUALLY(session().current());
        key(Qt::Key_Return);
        EVENTUALLY_EQUAL(document.unsavedCount(), 0);
    }
    bool says(const QString &words) const { return window.messages()->text().contains(words); }
};

fs::path pathOf(const QString &file)
{
    return fs::path(file.toStdU16String());
}

} // namespace

class TestProjectTroubles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondWindowIsOfferedToRead()
    {
        Session writer;
        WindowFixture reader;
        reader.window.openPaths({writer.folder.path()});
        EVENTUALLY(reader.window.messages()->text().contains("open elsewhere"));
        reader.window.messages()->triggerAction();
        EVENTUALLY(reader.canvas().hasPicture());
        QVERIFY(reader.document.isReadOnly());
        QCOMPARE(reader.objects().size(), 1U);
    }

    void aDamagedProjectIsPutBackFromItsCopy()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(project::defaultFileName);
        WindowFixture::drawPicture(folder.filePath("a.png"), {64, 48}, Qt::gray);
        {
            ui::Document document;
            QSignalSpy opened(&document, &ui::Document::opened);
            document.open({{}, pathOf(folder.path()), {}});
            QVERIFY(opened.wait(60'000));
            ui::addCategory(document, QStringLiteral("car"));
        }
        project::ProjectFile(pathOf(file)).apply({}); // keeps a copy
        std::ofstream(pathOf(file), std::ios::in | std::ios::out).seekp(100)
            << std::string(3000, 'x');

        WindowFixture f;
        f.window.openPaths({file});
        EVENTUALLY(f.window.messages()->text().contains("damaged"));
        f.window.messages()->triggerAction();
        EVENTUALLY(f.canvas().hasPicture());
        QCOMPARE(f.document.categories().size(), 1U);
        QVERIFY(QFile::exists(file + ".damaged"));
    }

    void aPictureDeletedUnderTheProjectLosesNothing()
    {
        Session f;
        QVERIFY(QFile::remove(f.folder.filePath("a.png")));
        f.key(Qt::Key_D);
        EVENTUALLY(f.canvas().hasPicture());
        f.key(Qt::Key_A);
        EVENTUALLY(f.window.emptyHeading().contains("missing"));
        QCOMPARE(f.objects().size(), 1U);
        f.key(Qt::Key_D);
        EVENTUALLY(f.canvas().hasPicture());
    }

    void aPictureReplacedByAnotherIsToldAndItsObjectsAreKept_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("words");
        QTest::newRow("of another size") << QSize(320, 200) << QStringLiteral("was replaced");
        QTest::newRow("of the same size") << QSize(640, 480) << QStringLiteral("was changed");
    }
    void aPictureReplacedByAnotherIsToldAndItsObjectsAreKept()
    {
        QFETCH(QSize, size);
        QFETCH(QString, words);
        Session f;
        f.key(Qt::Key_D);
        EVENTUALLY(f.canvas().hasPicture());
        WindowFixture::drawPicture(f.folder.filePath("a.png"), size, Qt::yellow);
        f.key(Qt::Key_A);
        EVENTUALLY(f.says(words));
        EVENTUALLY(f.canvas().hasPicture());
        QCOMPARE(f.objects().size(), 1U);
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        QCOMPARE(project::ProjectFile(f.document.projectFile(), project::OpenMode::ReadOnly)
                     .load()
                     .annotations.size(),
                 1U);
    }

    void aProjectOnAReadOnlyMediumIsWorkedOnInACopy()
    {
        QTemporaryDir folder, home;
        WindowFixture::drawPicture(folder.filePath("a.png"), {64, 48}, Qt::gray);
        {
            ui::Document document;
            QSignalSpy opened(&document, &ui::Document::opened);
            document.open({{}, pathOf(folder.path()), {}});
            QVERIFY(opened.wait(60'000));
            ui::addCategory(document, QStringLiteral("car"));
        }
        fs::permissions(pathOf(home.path()), fs::perms::all);
        fs::permissions(pathOf(folder.path()), fs::perms(0555));
        qputenv("XDG_DATA_HOME", home.path().toUtf8());
        {
            const AsNobody nobody;
            ui::Document document;
            QSignalSpy opened(&document, &ui::Document::opened),
                told(&document, &ui::Document::notice);
            document.open({{}, pathOf(folder.path()), {}});
            QVERIFY(opened.wait(60'000));
            QVERIFY(told[0][0].toString().contains(QStringLiteral("may not be written")));
            QVERIFY(!document.isReadOnly());
            QCOMPARE(document.categories().size(), 1U);
            QVERIFY(fs::exists(document.imagePath(document.images().front().id)));
            ui::addCategory(document, QStringLiteral("bus"));
            QVERIFY(document.waitForSaved(60'000));
        }
        fs::permissions(pathOf(folder.path()), fs::perms(0755));
        qunsetenv("XDG_DATA_HOME");
    }
};

QTEST_MAIN(TestProjectTroubles)
#include "tst_project_troubles.moc"
