// SPDX-License-Identifier: Apache-2.0
#include "export/detection_reader.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"

#include <QTemporaryDir>
#include <QtTest>

using exporters::Detections;

class TestDetectionReader : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    const std::vector<core::ImageRecord> m_images{{7, "a.jpg", {10, 8}}, {8, "sub/b.png", {}}};
    const std::vector<core::Category> m_categories{{3, "car", "", 0}, {4, "dog", "", 0}};

    /// The tests write ' for ".
    std::filesystem::path write(QByteArray text) const
    {
        text.replace('\'', '"');
        QFile file(m_directory.filePath("detections.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName().toStdString();
    }
    Detections read(const QByteArray &text, core::Size sizeOfB = {}) const
    {
        return exporters::readDetections(
            write(text), {m_images, m_categories, [sizeOfB](const core::ImageRecord &image) {
                              return image.id == 8 ? sizeOfB : core::Size();
                          }});
    }

private Q_SLOTS:
    void readsResults()
    {
        const Detections found = read(R"([
            {'image_id': 7, 'category_id': 4, 'bbox': [1, 2, 3.5, 4], 'score': 0.25},
            {'image_id': 8, 'category_id': 17, 'score': 0.5,
             'segmentation': {'size': [2, 3], 'counts': [1, 2, 3]}},
            {'image_id': 99, 'category_id': 3, 'bbox': [0, 0, 1, 1], 'score': 0.9},
            {'image_id': 99, 'category_id': 3, 'bbox': [0, 0, 1, 1], 'score': 0.8}])");
        QCOMPARE(found.detections.size(), std::size_t(2));
        const auto &box = found.detections[0];
        QCOMPARE(box.imageId, core::Id(7));
        QCOMPARE(box.category, std::string("dog"));
        QVERIFY((box.box == core::Box{0.5, 1.5, 4, 5.5})); // from pixels' corners to centres
        QVERIFY(box.mask.counts.empty());
        QCOMPARE(box.score, 0.25);
        const auto &mask = found.detections[1]; // the picture was never opened: its mask tells
        QCOMPARE(core::area(mask.mask), std::int64_t(2));
        QCOMPARE(mask.category, std::string("category 17"));
        QVERIFY((mask.box == core::Box{-0.5, -0.5, 1.5, 1.5}));
        QCOMPARE(found.elsewhere, std::size_t(2));
        QCOMPARE(found.missing, std::vector<std::string>{"image_id 99"});
        QVERIFY(found.findings.isEmpty());
    }

    void namesWithBackslashesAreFound()
    {
        const Detections found =
            read("[{'image_id': 'sub\\\\b.png', 'category_id': 4, 'bbox': [1, 2, 3, 4]}]", {9, 9});
        QCOMPARE(found.detections.size(), std::size_t(1));
        QCOMPARE(found.detections[0].imageId, core::Id(8));
    }

    void findsADatasetsPicturesByName()
    {
        const Detections found = read(R"({
            'annotations': [
                {'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [2, 1, 4, 3], 'score': 0.75},
                {'id': 2, 'image_id': 2, 'category_id': 1,
                 'segmentation': [[1, 1, 5, 1, 5, 5, 1, 5]]},
                {'id': 3, 'image_id': 3, 'category_id': 1, 'bbox': [0, 0, 1, 1]}],
            'images': [{'id': 1, 'file_name': 'val\\sub\\b.png', 'width': 20, 'height': 20},
                       {'id': 2, 'file_name': 'val/a.jpg'},
                       {'id': 3, 'file_name': 'elsewhere.jpg', 'width': 9, 'height': 9}],
            'info': {'year': 2024},
            'categories': [{'id': 1, 'name': 'cat'}]})");
        QCOMPARE(found.detections.size(), std::size_t(2));
        QCOMPARE(found.detections[0].imageId, core::Id(8));
        QCOMPARE(found.detections[0].score, 0.75);
        QCOMPARE(found.detections[1].imageId, core::Id(7));
        QCOMPARE(found.detections[1].category, std::string("cat"));
        QCOMPARE(found.detections[1].score, 1.0);
        QCOMPARE(core::area(found.detections[1].mask), std::int64_t(16));
        QCOMPARE(found.missing, std::vector<std::string>{"elsewhere.jpg"});
    }

    void numbersAreIdsOrNamesWhicheverFindsMore()
    {
        const std::vector<core::ImageRecord> images{
            {1, "000000000139.jpg", {9, 9}}, {2, "000000000285.jpg", {9, 9}}, {139, "c.jpg", {}}};
        const auto imagesOf = [&](const QByteArray &text) {
            std::vector<core::Id> ids;
            for (const auto &one :
                 exporters::readDetections(write(text), {images, {}, {}}).detections)
                ids.push_back(one.imageId);
            return ids;
        };
        QCOMPARE(imagesOf("[{'image_id': 139, 'bbox': [1, 1, 2, 2]},"
                          " {'image_id': 285, 'bbox': [1, 1, 2, 2]}]"),
                 (std::vector<core::Id>{1, 2}));
        QCOMPARE(imagesOf("[{'image_id': 139, 'bbox': [1, 1, 2, 2]},"
                          " {'image_id': 2, 'bbox': [1, 1, 2, 2]}]"),
                 (std::vector<core::Id>{139, 2}));
        QCOMPARE(imagesOf("[{'image_id': '000000000285', 'bbox': [1, 1, 2, 2]},"
                          " {'image_id': 'x/c.jpg', 'bbox': [1, 1, 2, 2]}]"),
                 (std::vector<core::Id>{2, 139}));
    }

    void tellsTheFilesCategories_data()
    {
        using Names = QList<QPair<int, QString>>;
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Names>("names");
        const QByteArray images = "'images': [{'id': 1, 'file_name': 'a.jpg'}]";
        QTest::newRow("its list, used or not; 0 and an id used twice are changed")
            << "{" + images +
                   ", 'categories': [{'id': 5, 'name': 'cat'}, {'id': 0, 'name': 'dog'},"
                   " {'id': 7, 'name': 'cat'}], 'annotations': []}"
            << Names{{5, "cat"}, {6, "dog"}};
        QTest::newRow("an id that its list lacks")
            << "{" + images +
                   ", 'categories': [{'id': 5, 'name': 'cat'}], 'annotations':"
                   " [{'id': 1, 'image_id': 1, 'category_id': 2, 'bbox': [1, 1, 2, 2]}]}"
            << Names{{5, "cat"}, {2, "category 2"}};
        QTest::newRow("ids alone")
            << QByteArray("[{'image_id': 7, 'category_id': 9, 'bbox': [1, 1, 2, 2]},"
                          " {'image_id': 7, 'category_id': 4, 'bbox': [1, 1, 2, 2]}]")
            << Names{{4, "dog"}, {9, "category 9"}};
        QTest::newRow("none") << QByteArray("[{'image_id': 7, 'bbox': [1, 1, 2, 2]}]")
                              << Names{{1, "object"}};
    }

    void tellsTheFilesCategories()
    {
        using Names = QList<QPair<int, QString>>;
        QFETCH(QByteArray, text);
        QFETCH(Names, names);
        Names found;
        for (const core::Category &category : read(text).categories)
            found.append({int(category.id), QString::fromStdString(category.name)});
        QCOMPARE(found, names);
    }

    void passesOverPicturesThatAreNotWanted()
    {
        exporters::DetectionPictures asked{m_images, m_categories, {}};
        asked.isWanted = [](const core::ImageRecord &image) { return image.id == 7; };
        const Detections found = exporters::readDetections(
            write("[{'image_id': 8, 'category_id': 3, 'bbox': [1, 1, -2, 2]},"
                  " {'image_id': 7, 'category_id': 4, 'bbox': [1, 1, 2, 2]}]"),
            asked);
        QCOMPARE(found.detections.size(), std::size_t(1));
        QCOMPARE(found.detections[0].imageId, core::Id(7));
        QVERIFY(found.findings.isEmpty() && found.elsewhere == 0);
        QCOMPARE(found.categories.size(), std::size_t(2)); // those of the others, too
    }

    void boxesEndAtThePicturesEdge()
    {
        const Detections found = read("[{'image_id': 7, 'bbox': [-3, -3, 100, 100]}]");
        QVERIFY((found.detections.at(0).box == core::Box{-0.5, -0.5, 9.5, 7.5}));
        QCOMPARE(found.detections.at(0).category, std::string("object")); // no class at all
    }

    void picturesThatWereNeverOpenedAreAskedForTheirSize()
    {
        const QByteArray text("[{'image_id': 8, 'segmentation': [[1, 1, 5, 1, 5, 5, 1, 5]]}]");
        QVERIFY(read(text).detections.empty());
        QVERIFY((read(text, {20, 10}).detections.at(0).mask.size == core::Size{20, 10}));
    }

    void oneBadEntryIsToldAndTheRestIsRead_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const char *entry, const char *says) {
            QTest::newRow(name) << QByteArray(entry) << QByteArray(says);
        };
        row("a number", "5", "is not an object");
        row("text that is not UTF-8", "{'image_id': '\xff\xfe'}", "UTF-8");
        row("a list", "[[]]", "is not an object");
        row("no picture", "{'bbox': [1, 2, 3, 4]}", "has no \"image_id\"");
        row("a picture in words that nobody knows how to read",
            "{'image_id': {}, 'bbox': [1, 2, 3, 4]}", "image_id");
        row("a negative picture", "{'image_id': -7, 'bbox': [1, 2, 3, 4]}", "negative");
        row("a broken category", "{'image_id': 7, 'category_id': 'x', 'bbox': [1, 2, 3, 4]}",
            "category_id");
        row("a box of three", "{'image_id': 7, 'bbox': [1, 2, 3]}", "\"bbox\"");
        row("a box of words", "{'image_id': 7, 'bbox': ['a', 'b', 'c', 'd']}", "\"bbox\"");
        row("a box turned round", "{'image_id': 7, 'bbox': [5, 5, -2, -2]}", "\"bbox\"");
        row("a box of no width", "{'image_id': 7, 'bbox': [5, 5, 0, 2]}", "\"bbox\"");
        row("a box outside", "{'image_id': 7, 'bbox': [50, 5, 2, 2]}", "outside");
        row("no shape", "{'image_id': 7, 'score': 0.5}", "neither");
        row("a score in words", "{'image_id': 7, 'bbox': [1, 2, 3, 4], 'score': 'high'}",
            "\"score\"");
        row("a mask of another size",
            "{'image_id': 7, 'segmentation': {'size': [2, 3], 'counts': [6]}}", "10 x 8");
        row("a mask without pixels",
            "{'image_id': 7, 'segmentation': {'size': [8, 10], 'counts': [80]}}", "without pixels");
        row("runs that do not fill it",
            "{'image_id': 7, 'segmentation': {'size': [8, 10], 'counts': [1, 2]}}",
            "detections.json: [1]");
        row("runs that overflow",
            "{'image_id': 7, 'segmentation': {'size': [8, 10], 'counts': [4294967295, 99]}}",
            "detections.json: [1]");
        row("a mask as large as the sea",
            "{'image_id': 8, 'segmentation': {'size': [2000000000, 2000000000], 'counts': '0'}}",
            "impossible size");
        row("damaged text of runs",
            "{'image_id': 7, 'segmentation': {'size': [8, 10], 'counts': '~~~~~~~~~~~~~~~~'}}",
            "detections.json: [1]");
        row("a polygon of two points", "{'image_id': 7, 'segmentation': [[1, 1, 2, 2]]}",
            "three points");
        row("a mask in words", "{'image_id': 7, 'segmentation': 'all of it'}", "segmentation");
    }

    void oneBadEntryIsToldAndTheRestIsRead()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, says);
        const QByteArray good = "{'image_id': 7, 'category_id': 3, 'bbox': [1, 2, 3, 4]}";
        const Detections found = read('[' + good + ',' + entry + ',' + good + ']');
        QCOMPARE(found.detections.size(), std::size_t(2));
        QCOMPARE(found.findings.errors(), std::size_t(1));
        const QByteArray told = QByteArray::fromStdString(toText(found.findings.told().at(0)));
        QVERIFY2(told.contains("detections.json: [1]") && told.contains(says), told.constData());
    }

    void picturesOfADatasetThatDoNotFitAreTold()
    {
        const Detections found = read(R"({
            'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 11, 'height': 8},
                       {'id': 1, 'file_name': 'sub/b.png'}, {'id': 3}],
            'annotations': [{'image_id': 1, 'bbox': [1, 1, 2, 2]},
                            {'image_id': 3, 'bbox': [1, 1, 2, 2]}]})");
        QVERIFY(found.detections.empty());
        QCOMPARE(found.findings.errors(), std::size_t(4));
        const QByteArray last = QByteArray::fromStdString(toText(found.findings.told().at(2)));
        QVERIFY2(last.contains("annotations[0]") && last.contains("11 x 8"), last.constData());
    }

    void refusesWhatIsNoSuchFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("[{");
        QTest::newRow("cut off inside") << QByteArray("[{'image_id': 7, 'bbox': [1, 2");
        QTest::newRow("a word") << QByteArray("'detections'");
        QTest::newRow("nothing of COCO") << QByteArray("{'boxes': []}");
        QTest::newRow("no pictures") << QByteArray("{'annotations': []}");
        QTest::newRow("a list inside") << QByteArray("{'': [{'image_id': 7}]}");
        QTest::newRow("no list of annotations") << QByteArray("{'images': [], 'annotations': 3}");
        QTest::newRow("nested without end") << QByteArray(5000, '[');
    }

    void refusesWhatIsNoSuchFile()
    {
        QFETCH(QByteArray, text);
        try {
            read(text);
            QFAIL("was taken");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::BadDataset);
            QVERIFY2(QByteArray(error.what()).contains("detections.json"), error.what());
        }
    }

    void saysThatThereIsNoFile()
    {
        try {
            exporters::readDetections(m_directory.filePath("none.json").toStdString(), {});
            QFAIL("was taken");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::FileNotFound);
        }
    }

    void manyAreReadWithProgressAndCanBeStopped()
    {
        QByteArray text("[");
        for (int i = 0; i < 20000; ++i)
            text += "{'image_id': 7, 'category_id': 3, 'bbox': [1, 2, 3, 4], 'score': 0." +
                    QByteArray::number(i) + "},";
        text.back() = ']';
        const auto file = write(text);
        std::vector<double> told;
        const Detections found = exporters::readDetections(
            file, {m_images, m_categories, {}}, {}, [&](double share) { told.push_back(share); });
        QCOMPARE(found.detections.size(), std::size_t(20000));
        QVERIFY(told.size() > 100 && std::is_sorted(told.begin(), told.end()));
        QVERIFY(told.front() < 0.1 && told.back() > 0.9 && told.back() <= 1);

        std::stop_source stop;
        try {
            exporters::readDetections(file, {m_images, m_categories, {}}, stop.get_token(),
                                      [&](double share) {
                                          if (share > 0.3)
                                              stop.request_stop();
                                      });
            QFAIL("was not stopped");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(TestDetectionReader)
#include "tst_detection_reader.moc"
