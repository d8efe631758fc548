// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/image/list_images.h"
#include "core/image/natural_order.h"

#include <QtTest>

namespace fs = std::filesystem;

class TestListImages : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QStringList names(bool recursive)
    {
        const fs::path root = m_directory.path().toStdString();
        QStringList list;
        for (const fs::path &file : core::listImages(root, recursive))
            list << QString::fromStdString(file.lexically_relative(root).generic_string());
        return list;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir root(m_directory.path());
        QVERIFY(root.mkpath("sub/deep") && root.mkpath(".hidden") && root.mkpath("looks.png"));
        for (const char *name : {"img10.jpg", "img2.JPG", "img1.png", "img1.jpg", "notes.txt",
                                 "._img1.jpg", ".hidden/a.jpg", "sub/z.tiff", "sub/deep/a.webp"}) {
            QFile file(root.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        fs::create_directory_symlink("..", root.filePath("sub/loop").toStdString());
        fs::create_symlink("nowhere.jpg", root.filePath("broken.jpg").toStdString());
    }

    void inNaturalOrder()
    {
        QCOMPARE(names(false), (QStringList{"img1.jpg", "img1.png", "img2.JPG", "img10.jpg"}));
    }

    void subfoldersEachOnce()
    {
        QCOMPARE(names(true), (QStringList{"img1.jpg", "img1.png", "img2.JPG", "img10.jpg",
                                           "sub/deep/a.webp", "sub/z.tiff"}));
    }

    void linksLeadDownAndAsideButNotUp()
    {
        const QTemporaryDir outside;
        QVERIFY(QDir(outside.path()).mkpath("in"));
        QVERIFY(QDir(outside.path()).mkpath("beside"));
        const auto touch = [&](const char *name) {
            return QFile(outside.filePath(name)).open(QIODevice::WriteOnly);
        };
        QVERIFY(touch("above.png") && touch("in/a.png") && touch("beside/b.png"));
        const fs::path root = outside.filePath("in").toStdString();
        fs::create_directory_symlink("..", root / "up");
        fs::create_directory_symlink("/", root / "disk");
        fs::create_directory_symlink("../beside", root / "aside");
        std::vector<fs::path> found = core::listImages(root, true);
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0], root / "a.png");
        QCOMPARE(found[1], root / "aside/b.png");
        QVERIFY(core::liesBelow(root, "/") && core::liesBelow(root, root / "up"));
        QVERIFY(!core::liesBelow(root, root) && !core::liesBelow(root, root / "aside"));
        QVERIFY(!core::liesBelow(root, "/no/such/folder"));
    }

    void inSlicesTheSame()
    {
        core::ImageLister lister(m_directory.path().toStdString(), true);
        std::vector<std::string> names;
        while (!lister.atEnd())
            lister.read(1, names);
        QStringList list;
        for (const std::string &name : names)
            list << QString::fromStdString(name);
        list.sort();
        QStringList all = this->names(true);
        all.sort();
        QCOMPARE(list, all);
    }

    void digitsCompareByValue_data()
    {
        QTest::addColumn<QByteArray>("smaller");
        QTest::addColumn<QByteArray>("larger");
        QTest::newRow("ten after nine") << QByteArray("a9b") << QByteArray("a10a");
        QTest::newRow("leading zeros") << QByteArray("a007") << QByteArray("a8");
        QTest::newRow("equal but for zeros") << QByteArray("a01") << QByteArray("a1");
        QTest::newRow("case does not matter") << QByteArray("B1") << QByteArray("c0");
        QTest::newRow("shorter first") << QByteArray("a") << QByteArray("a1");
        QTest::newRow("longer than any integer")
            << QByteArray("99999999999999999999998") << QByteArray("99999999999999999999999");
    }
    void digitsCompareByValue()
    {
        QFETCH(QByteArray, smaller);
        QFETCH(QByteArray, larger);
        QVERIFY(core::naturalLess(smaller.constData(), larger.constData()));
        QVERIFY(!core::naturalLess(larger.constData(), smaller.constData()));
        QVERIFY(!core::naturalLess(smaller.constData(), smaller.constData()));
        const std::string smallerKey = core::naturalKey(smaller.constData());
        const std::string largerKey = core::naturalKey(larger.constData());
        QVERIFY(smallerKey < largerKey || (smallerKey == largerKey && smaller < larger));
    }

    void aMissingFolderIsAnError()
    {
        QVERIFY_EXCEPTION_THROWN(core::listImages("/no/such/folder"), core::Error);
        QVERIFY_EXCEPTION_THROWN(core::listImages(TEST_DATA_DIR "/images/cmyk.jpg"), core::Error);
    }
};

QTEST_APPLESS_MAIN(TestListImages)
#include "tst_list_images.moc"
