// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "sample_dataset.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <random>

using exporters::ReadResult;

class TestCocoResults : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    const exporters::Format &m_format = *exporters::findFormat("coco-results");

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    /// The tests write ' for ".
    std::filesystem::path write(QByteArray text) const
    {
        text.replace('\'', '"');
        std::ofstream(path("results.json"), std::ios::binary) << text.toStdString();
        return path("results.json");
    }

private Q_SLOTS:
    void readsMasksOfPicturesOfTheirSize()
    {
        const ReadResult result = m_format.read(write(R"([
            {'image_id': 42, 'category_id': 18, 'score': 0.25, 'source': {'b': 1},
             'segmentation': {'size': [2, 3], 'counts': [1, 2, 3]}},
            {'image_id': 7, 'category_id': 0, 'score': 0.5,
             'segmentation': {'size': [2, 3], 'counts': [0, 6]}},
            {'image_id': 42, 'category_id': 18, 'score': 0.5, 'bbox': [1, 0, 2, 1]}])"));
        QVERIFY(result.findings.isEmpty());
        const core::Dataset &dataset = result.dataset;
        QVERIFY((dataset.images ==
                 std::vector<core::ImageRecord>{{7, "7", {3, 2}}, {42, "42", {3, 2}}}));
        QVERIFY((dataset.categories == std::vector<core::Category>{{19, "category 0", "", 0},
                                                                   {18, "category 18", "", 0}}));
        QCOMPARE(dataset.annotations.size(), std::size_t(3));
        QVERIFY((dataset.annotations[0].mask == core::Rle{{3, 2}, {1, 2, 3}}));
        QCOMPARE(dataset.annotations[0].imageId, core::Id(42));
        QCOMPARE(dataset.annotations[0].score, std::optional(0.25));
        QCOMPARE(dataset.annotations[0].foreign, std::string(R"({"source":{"b":1}})"));
        QCOMPARE(dataset.annotations[1].categoryId, core::Id(19));
        QVERIFY(!dataset.annotations[2].hasMask());
        QVERIFY((*dataset.annotations[2].box == core::Box{0.5, -0.5, 2.5, 0.5}));
    }

    void picturesWithoutASizeAreLeftOutAndTold()
    {
        const ReadResult result =
            m_format.read(write("[{'image_id': 5, 'category_id': 1, 'bbox': [1, 2, 3, 4]}]"));
        QVERIFY(result.dataset.images.empty() && result.dataset.annotations.empty());
        QCOMPARE(result.findings.errors(), std::size_t(1));
        QCOMPARE(result.findings.told()[0].rule, std::string("image-size-unknown"));
    }

    void theFolderOfPicturesKnowsNamesAndSizes()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("photos/sub"));
        QImage picture(20, 10, QImage::Format_RGB888);
        picture.fill(Qt::red);
        QVERIFY(picture.save(m_folder.filePath("photos/sub/000000000005.png")));
        QVERIFY(picture.save(m_folder.filePath("photos/named.png")));
        const ReadResult result =
            m_format.read(write("[{'image_id': 5, 'category_id': 1, 'bbox': [1, 2, 3, 4]},"
                                "{'image_id': 'named', 'category_id': 1,"
                                " 'segmentation': [[1, 1, 5, 1, 5, 5, 1, 5]]},"
                                "{'image_id': 6, 'category_id': 1, 'bbox': [1, 2, 3, 4]}]"),
                          {path("photos")});
        QCOMPARE(result.findings.errors(), std::size_t(1)); // 6 is not there
        QVERIFY((result.dataset.images ==
                 std::vector<core::ImageRecord>{{5, "sub/000000000005.png", {20, 10}},
                                                {7, "named.png", {20, 10}}}));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(2));
        QCOMPARE(result.dataset.annotations[1].imageId, core::Id(7));
    }

    void oneBadEntryCostsNoOther()
    {
        const ReadResult result = m_format.read(
            write("[5, {'image_id': 1, 'category_id': 1, 'score': 'x',"
                  " 'segmentation': {'size': [2, 3], 'counts': [6]}},"
                  "{'image_id': 1, 'category_id': 1, 'segmentation': {'size': [2, 3],"
                  "'counts': [1, 5]}}, {'image_id': 1, 'category_id': 1, 'segmentation':"
                  "{'size': [3, 3], 'counts': [1, 8]}}]"));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.findings.errors(), std::size_t(3));
        QCOMPARE(result.findings.told()[2].rule, std::string("rle-size"));
    }

    void comesBackBitForBit()
    {
        std::mt19937 random(3);
        core::Dataset dataset;
        dataset.categories = {{3, "category 3", "", 0}};
        core::Id annotationId = 0;
        for (core::Id id = 1; id <= 50; ++id) {
            const core::Size size{1 + int(random() % 30), 1 + int(random() % 30)};
            dataset.images.push_back({id, std::to_string(id), size});
            for (int i = 0; i < 3; ++i) {
                core::Mask mask(size);
                for (auto &pixel : mask.pixels)
                    pixel = random() % 2;
                mask.set(0, 0);
                dataset.annotations.push_back({++annotationId, id, 3, core::encode(mask)});
                dataset.annotations.back().score = double(random() % 1000) / 1000;
            }
        }
        exporters::DatasetSource source(dataset);
        for (const auto form :
             {exporters::SegmentationForm::Rle, exporters::SegmentationForm::RleUncompressed}) {
            const auto summary = m_format.write(source, path("out.json"), {.segmentation = form});
            QVERIFY(summary.losses.empty());
            QCOMPARE(summary.annotations, std::size_t(150));
            const ReadResult result = m_format.read(path("out.json"));
            QVERIFY(result.findings.isEmpty());
            QVERIFY(result.dataset.images == dataset.images);
            QVERIFY(result.dataset.categories == dataset.categories);
            QVERIFY(result.dataset.annotations == dataset.annotations);
        }
    }

    void writesWhatEvaluationsRead()
    {
        core::Dataset dataset = sample::dataset();
        dataset.annotations.push_back({20, 3, 1, {{3, 2}, {}}});
        dataset.annotations.back().box = core::Box{0.5, -0.5, 2.5, 0.5};
        dataset.annotations.push_back({21, 3, 1, {{3, 2}, {6}}});
        exporters::DatasetSource source(dataset);
        const auto summary = m_format.write(source, path("out.json"));
        QCOMPARE(summary.annotations, std::size_t(4));
        QCOMPARE(summary.losses.size(), std::size_t(3)); // empty, crowd, box among masks
        std::ifstream stream(path("out.json"));
        const auto json = nlohmann::ordered_json::parse(stream);
        QCOMPARE(json[0].dump(),
                 std::string(R"({"image_id":3,"category_id":90,"segmentation":{"size":[2,3],)"
                             R"("counts":"0120O0"},"score":1.0})"));
        QCOMPARE(json[1].dump(), std::string(R"({"image_id":3,"category_id":1,)"
                                             R"("bbox":[1.0,0.0,2.0,1.0],"score":1.0})"));
        QVERIFY(exporters::recogniseFormat(path("out.json")) == &m_format);
    }

    void whatIsNoList_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("an object") << QByteArray("{'annotations': []}");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("broken off") << QByteArray("[{'image_id': 1,");
    }
    void whatIsNoList()
    {
        QFETCH(QByteArray, text);
        QVERIFY_EXCEPTION_THROWN(m_format.read(write(text)), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestCocoResults)
#include "tst_coco_results.moc"
