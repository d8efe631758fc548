// SPDX-License-Identifier: Apache-2.0
#include "export/files/picture_match.h"

#include <QtTest>

using core::ImageRecord;

class TestPictureMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAreFoundByWhatTheyAreCalled()
    {
        const std::vector<ImageRecord> ours{
            {1, "val/a.jpg", {}}, {2, "x/b.png", {}}, {3, "y/b.png", {}}, {4, "c d.tif", {}}};
        const std::vector<ImageRecord> theirs{{10, "/home/me/val/a.jpg", {}}, // another folder
                                              {11, "b.png", {}},              // which one?
                                              {12, "y/b.png", {}},
                                              {13, "c d", {}},   // without its ending
                                              {14, "e.png", {}}, // not here
                                              {15, "a.jpg", {}}};
        const exporters::PictureMatch match = exporters::matchPictures(theirs, ours);
        const std::unordered_map<core::Id, core::Id> expected{{10, 1}, {12, 3}, {13, 4}, {15, 1}};
        QVERIFY(match.idOf == expected);
        QCOMPARE(match.missing, std::vector<std::string>{"e.png"});
        QCOMPARE(match.ambiguous, std::vector<std::string>{"b.png"});
    }

    void nothingIsFoundAmongNone()
    {
        const std::vector<ImageRecord> theirs{{1, "a.jpg", {}}};
        QCOMPARE(exporters::matchPictures(theirs, {}).missing.size(), std::size_t(1));
        QVERIFY(exporters::matchPictures({}, theirs).idOf.empty());
    }
};

QTEST_GUILESS_MAIN(TestPictureMatch)
#include "tst_picture_match.moc"
