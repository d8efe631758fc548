// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "dataset_folder.h"
#include "export/files/file_names.h"
#include "export/files/picture_sizes.h"

#include <QtTest>

using exporters::PictureSizes;

class TestPictureSizes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAreFoundWithoutTheirEnding()
    {
        const DatasetFolder folder;
        folder.picture("a.b.JPG", {4, 3});
        folder.picture("sub/deep/a.png", {7, 2});
        folder.picture("a10.webp", {1, 1});
        folder.picture("a9.webp", {1, 1});
        folder.write("notes.txt", "");
        const PictureSizes pictures(folder.path());
        QCOMPARE(pictures.names(),
                 (std::vector<std::string>{"a.b.JPG", "a9.webp", "a10.webp", "sub/deep/a.png"}));
        QCOMPARE(*pictures.find("a.b"), std::string("a.b.JPG"));
        QCOMPARE(*pictures.find("sub/deep/a"), std::string("sub/deep/a.png"));
        QVERIFY(!pictures.find("a") && !pictures.find("deep/a") && !pictures.find("notes"));
        QCOMPARE(*pictures.findAnywhere("a"), std::string("sub/deep/a.png"));
        QCOMPARE(pictures.sizeOf("a.b.JPG"), (core::Size{4, 3}));
        QCOMPARE(pictures.sizeOf("sub/deep/a.png"), (core::Size{7, 2}));
    }

    void ofSeveralNoneIsMeant()
    {
        const DatasetFolder folder;
        folder.picture("a/x.png", {4, 3});
        folder.picture("b/x.png", {4, 3});
        folder.picture("c/y.jpg", {4, 3});
        folder.picture("c/y.png", {4, 3});
        const PictureSizes pictures(folder.path());
        QVERIFY(!pictures.findAnywhere("x"));
        QCOMPARE(*pictures.find("b/x"), std::string("b/x.png"));
        // Of one picture in two forms the first will do.
        QCOMPARE(*pictures.findAnywhere("y"), std::string("c/y.jpg"));
        QCOMPARE(*pictures.find("c/y"), std::string("c/y.jpg"));
    }

    void foldersThatLeadInCirclesEnd()
    {
        const DatasetFolder folder;
        folder.picture("sub/a.png", {1, 1});
        std::filesystem::create_directory_symlink(folder.path(), folder.path("sub/again"));
        std::filesystem::create_symlink("nowhere", folder.path("lost.png"));
        QCOMPARE(PictureSizes(folder.path()).names(), (std::vector<std::string>{"sub/a.png"}));
    }

    void whatIsNoFolderHasNone()
    {
        const DatasetFolder folder;
        folder.write("file", "");
        for (const char *name : {"none", "file"})
            QVERIFY(PictureSizes(folder.path(name)).names().empty());
        QVERIFY(PictureSizes({}).names().empty());
        folder.write("broken.png", "no picture");
        QVERIFY_THROWS_EXCEPTION(core::Error, PictureSizes(folder.path()).sizeOf("broken.png"));
    }

    void anEarlierFolderGoesFirst()
    {
        const DatasetFolder folder;
        folder.picture("one/a.png", {4, 3});
        folder.picture("two/a.jpg", {5, 5});
        folder.picture("two/b.jpg", {2, 1});
        folder.write("two/c.jpg", "no picture");
        const exporters::PicturesBeside pictures(
            {{}, folder.path("none"), folder.path("one"), folder.path("two")});
        QCOMPARE(pictures.find("a"), std::optional(std::string("a.png")));
        QCOMPARE(pictures.sizeOf("a"), std::optional(core::Size{4, 3}));
        QCOMPARE(pictures.sizeOf("b"), std::optional(core::Size{2, 1}));
        QVERIFY(pictures.find("c") && !pictures.sizeOf("c"));
        QVERIFY(!pictures.find("d") && !pictures.sizeOf("d"));
    }

    void names_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("stem");
        QTest::newRow("plain") << std::string("a.jpg") << std::string("a");
        QTest::newRow("in a folder with a dot") << std::string("v1.0/a") << std::string("v1.0/a");
        QTest::newRow("two dots") << std::string("v/a.b.c") << std::string("v/a.b");
        QTest::newRow("hidden") << std::string("v/.jpg") << std::string("v/.jpg");
        QTest::newRow("nothing") << std::string() << std::string();
    }

    void names()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, stem);
        QCOMPARE(std::string(exporters::withoutEnding(name)), stem);
    }
};

QTEST_GUILESS_MAIN(TestPictureSizes)
#include "tst_picture_sizes.moc"
