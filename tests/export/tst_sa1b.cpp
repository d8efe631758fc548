// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"
#include "sample_dataset.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <random>

using exporters::ReadResult;

class TestSa1b : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    const exporters::Format &m_format = *exporters::findFormat("sa1b");

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    /// The tests write ' for ".
    std::filesystem::path write(const char *name, QByteArray text) const
    {
        text.replace('\'', '"');
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << text.toStdString();
        return path(name);
    }

private Q_SLOTS:
    void readsOneFile()
    {
        const auto file = write("sa_1.json", R"({'image': {'image_id': 223750, 'width': 3,
            'height': 2, 'file_name': 'sa_223750.jpg'}, 'annotations': [{'bbox': [0, 0, 1, 1],
            'area': 2, 'segmentation': {'size': [2, 3], 'counts': '123'},
            'predicted_iou': 0.9, 'point_coords': [[1.5, 0.25]], 'crop_box': [0, 0, 3, 2],
            'id': 531, 'stability_score': 0.96}]})");
        QVERIFY(exporters::recogniseFormat(file) == &m_format);
        const ReadResult result = m_format.read(file);
        QVERIFY2(result.findings.isEmpty(),
                 result.findings.isEmpty() ? "" : toText(result.findings.told()[0]).c_str());
        QVERIFY((result.dataset.images ==
                 std::vector<core::ImageRecord>{{223750, "sa_223750.jpg", {3, 2}}}));
        QCOMPARE(result.dataset.categories.at(0).name, std::string("object"));
        const core::Annotation &annotation = result.dataset.annotations.at(0);
        QCOMPARE(annotation.id, core::Id(531));
        QCOMPARE(annotation.imageId, core::Id(223750));
        QVERIFY((annotation.mask.counts == std::vector<std::uint32_t>{1, 2, 3}));
        QCOMPARE(annotation.score, std::optional(0.9));
        QCOMPARE(annotation.foreign,
                 std::string(R"({"point_coords":[[1.5, 0.25]],"crop_box":[0, 0, 3, 2],)"
                             R"("stability_score":0.96})"));
    }

    void theListMayComeBeforeTheImage()
    {
        const ReadResult result = m_format.read(
            write("sa_2.json", "{'annotations': [{'segmentation': {'size': [2, 3], 'counts':"
                               "[1, 5]}}], 'image': {'width': 3, 'height': 2, 'file_name': 'a'}}"));
        QCOMPARE(result.dataset.annotations.at(0).imageId, core::Id(1));
        QCOMPARE(result.dataset.annotations[0].id, core::Id(1));
        QVERIFY(!result.dataset.annotations[0].score);
    }

    void oneBadFileCostsNoOther()
    {
        const QByteArray good = "{'image': {'image_id': 1, 'width': 3, 'height': 2, 'file_name':"
                                "'a.jpg'}, 'annotations': [{'id': 1, 'segmentation': {'size':"
                                "[2, 3], 'counts': [1, 5]}}, {'id': 2, 'segmentation': {'size':"
                                "[3, 3], 'counts': [1, 8]}}, 7]}";
        write("folder/sa_2.json", good);
        write("folder/sa_10.json", good);
        write("folder/sa_3.json", good.left(good.size() - 6));
        write("folder/sa_4.json", "{'other': 1}");
        write("folder/read.me", "no JSON");
        const ReadResult result = m_format.read(path("folder"));
        QCOMPARE(result.dataset.images.size(), std::size_t(2));
        QCOMPARE(result.dataset.images[0].id, core::Id(1)); // both say 1
        QCOMPARE(result.dataset.images[1].id, core::Id(2));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(2));
        QCOMPARE(result.dataset.annotations[1].id, core::Id(2));
        QCOMPARE(result.dataset.annotations[1].imageId, core::Id(2));
        QCOMPARE(result.findings.errors(), std::size_t(6)); // two in each, and one a file
    }

    void comesBackBitForBit()
    {
        std::mt19937 random(4);
        core::Dataset dataset;
        dataset.categories = {{1, "object", "", 0}};
        core::Id annotationId = 0;
        for (core::Id id = 1; id <= 30; ++id) {
            const core::Size size{1 + int(random() % 30), 1 + int(random() % 30)};
            dataset.images.push_back(
                {id, "p/" + std::to_string(id) + ".jpg", size, R"({"licence":1})"});
            for (unsigned i = 0; i < 1 + random() % 4; ++i) {
                core::Mask mask(size);
                for (auto &pixel : mask.pixels)
                    pixel = random() % 2;
                mask.set(0, 0);
                dataset.annotations.push_back({++annotationId, id, 1, core::encode(mask)});
                dataset.annotations.back().foreign = R"({"stability_score":0.5,"a":[1]})";
                if (random() % 2)
                    dataset.annotations.back().score = double(random() % 1000) / 1000;
            }
        }
        exporters::DatasetSource source(dataset);
        const auto summary = m_format.write(source, path("out"));
        QVERIFY(summary.losses.empty());
        QVERIFY(exporters::recogniseFormat(path("out/p")) == &m_format);
        const ReadResult result = m_format.read(path("out/p"));
        QVERIFY(result.findings.isEmpty());
        QVERIFY(result.dataset.images == dataset.images);
        QVERIFY(result.dataset.annotations == dataset.annotations);
    }

    void tellsWhatIsLost()
    {
        core::Dataset dataset = sample::dataset();
        dataset.annotations.push_back({20, 3, 1, {{3, 2}, {}}});
        dataset.annotations.back().box = core::Box{0, 0, 1, 1};
        dataset.annotations.push_back({21, 3, 1, {{3, 2}, {6}}});
        exporters::DatasetSource source(dataset);
        const auto summary = m_format.write(source, path("lossy"));
        QCOMPARE(summary.annotations, std::size_t(3));
        QStringList losses;
        for (const exporters::Loss &loss : summary.losses)
            losses << QString::fromStdString(loss.what) + " " + QString::number(loss.count);
        QCOMPARE(losses,
                 (QStringList{"categories were left out 2", "boxes without a mask were left out 1",
                              "objects without a pixel were left out 1",
                              "crowds became single objects 1"}));
        std::ifstream stream(path("lossy/a.json"));
        const auto json = nlohmann::ordered_json::parse(stream);
        QCOMPARE(json["annotations"][0]["bbox"].dump(), std::string("[0,0,2,1]"));
    }

    void onePictureMayBeAFile()
    {
        core::Dataset dataset = sample::dataset();
        dataset.images.resize(1);
        exporters::DatasetSource source(dataset);
        m_format.write(source, path("one.json"));
        QCOMPARE(m_format.read(path("one.json")).dataset.annotations.size(), std::size_t(1));
    }

    void twoPicturesOfOneNameAndNamesThatLeadOutAreRefused()
    {
        core::Dataset dataset = sample::dataset();
        dataset.images[1].fileName = "a.png"; // a.json, as for a.jpg
        exporters::DatasetSource source(dataset);
        QVERIFY_EXCEPTION_THROWN(m_format.write(source, path("twice")), core::Error);
        QVERIFY(!QDir(m_folder.path()).exists("twice"));
        dataset.images[1].fileName = "../../a.png";
        exporters::DatasetSource climbing(dataset);
        QVERIFY_EXCEPTION_THROWN(m_format.write(climbing, path("climbing")), core::Error);
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        const core::Dataset dataset = sample::dataset();
        exporters::DatasetSource source(dataset);
        QVERIFY_EXCEPTION_THROWN(m_format.write(source, path("stopped"), {}, stop.get_token()),
                                 core::Error);
        QVERIFY(!QDir(m_folder.path()).exists("stopped"));
    }
};

QTEST_GUILESS_MAIN(TestSa1b)
#include "tst_sa1b.moc"
