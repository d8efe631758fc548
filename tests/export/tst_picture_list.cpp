// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_list.h"

#include <QtTest>

using exporters::Picture;

class TestPictureList : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::filesystem::path path(const char *name) const
    {
        return m_directory.filePath(QLatin1String(name)).toStdString();
    }
    static std::vector<std::string> names(const std::vector<Picture> &pictures)
    {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            if (pictures[i].number == i + 1)
                names.push_back(pictures[i].name);
        }
        return names;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"one/2.png", "one/10.png", "one/note.txt", "one/deep/2.png",
                                 "two/2.png", "two/2.jpg", "two/3.png"}) {
            const QString file = m_directory.filePath(QLatin1String(name));
            QVERIFY(QDir().mkpath(QFileInfo(file).path()));
            QVERIFY(QFile(file).open(QIODevice::WriteOnly));
        }
    }

    void aFolderInNaturalOrder()
    {
        const std::filesystem::path folder = path("one");
        QCOMPARE(names(exporters::listPictures({&folder, 1})),
                 (std::vector<std::string>{"2.png", "10.png"}));
    }

    void namesHaveFoldersWhereTheyWouldBeEqual()
    {
        const std::vector inputs{path("two/2.png"), path("one"), path("two/2.png")};
        QCOMPARE(names(exporters::listPictures(inputs)),
                 (std::vector<std::string>{"two/2.png", "one/2.png", "one/10.png"}));
    }

    void namesNeverLeadOutOfAFolder()
    {
        const std::vector<std::filesystem::path> inputs{"../x/a.png", "../../x/a.png", "../a.png"};
        QCOMPARE(names(exporters::listPictures(inputs)),
                 (std::vector<std::string>{"x/a.png", "2/x/a.png", "a.png"}));
    }

    void aFolderWithFoldersInIt()
    {
        QCOMPARE(names(exporters::picturesIn(path("one"))),
                 (std::vector<std::string>{"2.png", "10.png", "deep/2.png"}));
        QCOMPARE(names(exporters::picturesIn(path("one/"))),
                 (std::vector<std::string>{"2.png", "10.png", "deep/2.png"}));
    }

    void outputsAreFilesOfTheirOwn()
    {
        const std::vector<Picture> pictures{
            {{}, "a.png", 1}, {{}, "b.png", 2}, {{}, "b.jpg", 3}, {{}, "sub/a.x.png", 4}};
        QCOMPARE(exporters::outputNames(pictures, ".json"),
                 (std::vector<std::string>{"a.json", "b.png.json", "b.jpg.json", "sub/a.x.json"}));
    }
};

QTEST_GUILESS_MAIN(TestPictureList)
#include "tst_picture_list.moc"
