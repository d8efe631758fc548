// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/operations/image_groups.h"

#include <QtTest>

class TestImageGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groups_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<bool>("together");
        const auto row = [](const char *name, const char *rule, const char *first,
                            const char *second, bool together) {
            QTest::newRow(name) << rule << first << second << together;
        };
        row("no rule", "", "a/1.jpg", "a/2.jpg", false);
        row("one folder", "folder", "a/b/1.jpg", "a/b/2.jpg", true);
        row("another folder", "folder", "a/b/1.jpg", "a/c/1.jpg", false);
        row("no folder is a folder, too", "folder", "1.jpg", "2.jpg", true);
        row("first part of the path", "1", "a/b/1.jpg", "a/c/2.jpg", true);
        row("second part of the path", "2", "a/b/1.jpg", "x/b/2.jpg", true);
        row("a path that is too short is on its own", "2", "a/1.jpg", "a/2.jpg", false);
        row("the file's name is no part", "1", "1.jpg", "2.jpg", false);
        row("what the parentheses hold", "patient(\\d+)_", "patient7_1.jpg", "patient7_2.jpg",
            true);
        row("something else in them", "patient(\\d+)_", "patient7_1.jpg", "patient8_1.jpg", false);
        row("without parentheses all of it", "^[a-z]+", "cat1.jpg", "cat2.jpg", true);
        row("what is not found is on its own", "dog", "cat1.jpg", "cat2.jpg", false);
    }

    void groups()
    {
        QFETCH(QString, rule);
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(bool, together);
        const std::vector<core::ImageRecord> images{{1, first.toStdString(), {}},
                                                    {2, second.toStdString(), {}}};
        const auto groups = exporters::imageGroups(images, rule.toStdString());
        QCOMPARE(groups[0] == groups[1], together);
    }

    void endlessNamesAreOnTheirOwn()
    {
        const std::string name(300'000, 'a');
        const std::vector<core::ImageRecord> images{{1, name + "1", {}}, {2, name + "2", {}}};
        const auto groups = exporters::imageGroups(images, "^(a|b)*");
        QVERIFY(groups[0] != groups[1]);
    }

    void refusesWhatIsNoExpression()
    {
        QVERIFY_EXCEPTION_THROWN(exporters::imageGroups({}, "(open"), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestImageGroups)
#include "tst_image_groups.moc"
