// SPDX-License-Identifier: Apache-2.0
#include "export/files/image_path.h"
#include "export/files/inside_names.h"

#include <QtTest>

using exporters::InsideNames;

class TestInsideNames : public QObject
{
    Q_OBJECT

private:
    static std::vector<std::string> namesOf(const std::vector<std::string> &names,
                                            std::size_t *renamed = nullptr)
    {
        core::Dataset dataset;
        core::Id id = 0;
        for (const std::string &name : names)
            dataset.images.push_back({++id, name, {4, 3}});
        exporters::DatasetSource source(dataset);
        InsideNames inside(source);
        std::vector<std::string> result;
        const std::vector<core::ImageRecord> images = inside.images();
        for (std::size_t i = 0; i < images.size(); ++i) {
            result.push_back(images[i].fileName);
            if (inside.nameBefore(images[i]) != names[i] || images[i].id != core::Id(i + 1))
                return {"not the picture it was"};
        }
        if (renamed)
            *renamed = inside.renamed();
        return result;
    }

private Q_SLOTS:
    void namesInTheFolderStay()
    {
        const std::vector<std::string> names{"a.jpg", "sub/a.jpg", "no ending", "..a.png"};
        std::size_t renamed = 1;
        QCOMPARE(namesOf(names, &renamed), names);
        QCOMPARE(renamed, std::size_t(0));
    }

    void namesThatLeadOutBecomeThoseOfTheirFiles()
    {
        std::size_t renamed = 0;
        QCOMPARE(namesOf({"../other/b.jpg", "/home/x/c d.png", "C:/x/e.tif", "..\\f.bmp",
                          "\xc3\xa9/../../\xc3\xa9.png"},
                         &renamed),
                 (std::vector<std::string>{"b.jpg", "c d.png", "e.tif", "f.bmp", "\xc3\xa9.png"}));
        QCOMPARE(renamed, std::size_t(5));
    }

    void noTwoHaveTheSameName()
    {
        // A later picture of the folder keeps its name; formats name files without the ending.
        QCOMPARE(namesOf({"../x/a.jpg", "../y/a.jpg", "../y/a.png", "a_2.jpg", "a.jpg"}),
                 (std::vector<std::string>{"a_3.jpg", "a_4.jpg", "a_5.png", "a_2.jpg", "a.jpg"}));
    }

    void hostileNamesBecomeNames()
    {
        for (const std::string &name :
             namesOf({"", "..", "../", "/", "C:", "..\\", "../..", std::string("../a\0b", 6)}))
            QVERIFY2(!exporters::leadsOut(name), name.c_str());
    }
};

QTEST_APPLESS_MAIN(TestInsideNames)
#include "tst_inside_names.moc"
