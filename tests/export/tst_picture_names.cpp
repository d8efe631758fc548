// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_names.h"

#include <QtTest>

class TestPictureNames : public QObject
{
    Q_OBJECT

private:
    const std::vector<core::ImageRecord> m_images{
        {1, "a.jpg", {}},       {2, "sub/a.jpg", {}},
        {3, "sub/b c.png", {}}, {4, "000000000139.jpg", {}},
        {5, "x/7.png", {}},     {6, "y/007.png", {}},
        {7, "no ending", {}},   {139, "other.jpg", {}},
    };

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("id"); // 0: none
        QTest::newRow("a path") << "sub/a.jpg" << 2;
        QTest::newRow("a path that began further up") << "data/val/sub/a.jpg" << 2;
        QTest::newRow("a path from the root") << "/home/x/sub/b c.png" << 3;
        QTest::newRow("a name in the top folder") << "a.jpg" << 1;
        QTest::newRow("another folder, the only one of that name") << "val/b c.png" << 3;
        QTest::newRow("another folder, its tail is in the top folder") << "val/a.jpg" << 1;
        QTest::newRow("without its ending") << "b c" << 3;
        QTest::newRow("that has none") << "no ending" << 7;
        QTest::newRow("not there") << "z.jpg" << 0;
        QTest::newRow("another ending") << "b c.jpg" << 0;
        QTest::newRow("nothing") << "" << 0;
        QTest::newRow("a folder") << "sub/" << 0;
    }

    void finds()
    {
        QFETCH(QString, name);
        QFETCH(int, id);
        const core::ImageRecord *image = exporters::PictureNames(m_images).find(name.toStdString());
        QCOMPARE(image ? int(image->id) : 0, id);
    }

    void severalOfANameAreNone()
    {
        const std::vector<core::ImageRecord> images{{1, "x/a.jpg", {}}, {2, "y/a.jpg", {}}};
        const exporters::PictureNames names(images);
        QVERIFY(!names.find("a.jpg") && names.isAmbiguous("a.jpg"));
        QVERIFY(!names.find("a") && names.isAmbiguous("a"));
        QVERIFY(names.find("y/a.jpg") && !names.isAmbiguous("y/a.jpg"));
        QVERIFY(!names.isAmbiguous("b.jpg"));
    }

    void knowsIdsFromNumbers()
    {
        const exporters::PictureNames names(m_images);
        QCOMPARE(names.byId(139)->fileName, std::string("other.jpg"));
        QCOMPARE(names.byNumber(139)->fileName, std::string("000000000139.jpg"));
        QVERIFY(!names.byNumber(7)); // two are called so
        QVERIFY(!names.byNumber(1) && !names.byId(8));
    }
};

QTEST_APPLESS_MAIN(TestPictureNames)
#include "tst_picture_names.moc"
