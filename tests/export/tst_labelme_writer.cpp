// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_ellipse.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "export/formats/labelme.h"
#include "tests/export/drawn_masks.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <array>

using exporters::DatasetSource;
using exporters::WriteOptions;
using exporters::WriteSummary;
using nlohmann::json;

class TestLabelMeWriter : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static const exporters::Format &format()
    {
        static const exporters::LabelMe format;
        return format;
    }
    int m_count = 0;

    std::filesystem::path freshTarget()
    {
        return m_folder.filePath(QString::number(++m_count)).toStdString();
    }
    static QByteArray content(const std::filesystem::path &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static json parsed(const std::filesystem::path &path)
    {
        return json::parse(content(path).toStdString());
    }
    static core::Dataset oneImage(const core::Rle &mask)
    {
        core::Dataset dataset;
        dataset.categories = {{1, "cat", "", 0}};
        dataset.images = {{1, "a.jpg", mask.size}};
        dataset.annotations = {{1, 1, 1, mask}};
        return dataset;
    }
    static std::size_t lost(const WriteSummary &summary, std::string_view what)
    {
        for (const exporters::Loss &loss : summary.losses) {
            if (loss.what == what)
                return loss.count;
        }
        return 0;
    }

private Q_SLOTS:
    void byHand()
    {
        core::Dataset dataset = oneImage(drawn::mask({"##....", //
                                                      "##.###", //
                                                      "...#.#", //
                                                      "...###"}));
        dataset.annotations.push_back({2, 1, 1,
                                       drawn::mask({"......", //
                                                    "......", //
                                                    "##....", //
                                                    "......"})});
        DatasetSource source(dataset);
        const auto target = freshTarget();
        const WriteSummary summary = format().write(source, target);
        QCOMPARE(summary.annotations, std::size_t(2));
        QVERIFY(summary.losses.empty());
        const json expected = parsed(TEST_DATA_DIR "/labelme/expected/a.json");
        QVERIFY2(parsed(target / "a.json") == expected, content(target / "a.json").constData());
    }

    void everyPixelComesBack_data()
    {
        QTest::addColumn<bool>("maskShapes");
        QTest::newRow("polygons") << false;
        QTest::newRow("mask shapes") << true;
    }
    /// Holes, parts, crumbs that touch at corners; several objects of one category in a picture.
    void everyPixelComesBack()
    {
        QFETCH(bool, maskShapes);
        std::mt19937 random(21);
        core::Dataset dataset;
        dataset.categories = {{1, "cat", "", 0}, {2, "dog \"\u00e9\"", "", 0}};
        for (core::Id id = 1; id <= 150; ++id) {
            const core::Size size{1 + int(random() % 40), 1 + int(random() % 40)};
            dataset.images.push_back({id, "p" + std::to_string(id) + ".jpg", size});
            for (int i = int(random() % 4); i > 0; --i) {
                core::Annotation annotation;
                annotation.id = core::Id(dataset.annotations.size()) + 1;
                annotation.imageId = id;
                annotation.categoryId = dataset.annotations.empty() ? 1 : 1 + random() % 2;
                annotation.mask = drawn::random(random, size);
                if (core::area(annotation.mask) > 0)
                    dataset.annotations.push_back(std::move(annotation));
            }
        }
        DatasetSource source(dataset);
        const auto target = freshTarget();
        WriteOptions options;
        options.maskShapes = maskShapes;
        const WriteSummary summary = format().write(source, target, options);
        QCOMPARE(summary.annotations, dataset.annotations.size());
        QVERIFY(summary.losses.empty());
        exporters::ReadResult back = format().read(target);
        QVERIFY(back.findings.isEmpty());
        QVERIFY(back.dataset.images == dataset.images);
        QVERIFY(back.dataset.categories == dataset.categories);
        QCOMPARE(back.dataset.annotations.size(), dataset.annotations.size());
        for (std::size_t i = 0; i < dataset.annotations.size(); ++i) {
            back.dataset.annotations[i].foreign.clear(); // the group_id of parts
            QVERIFY(back.dataset.annotations[i] == dataset.annotations[i]);
        }
    }

    void whatOthersSaidSurvives()
    {
        const auto first = freshTarget(), second = freshTarget();
        core::Dataset dataset = format().read(TEST_DATA_DIR "/labelme/in").dataset;
        dataset.annotations[3].isCrowd = true;
        dataset.annotations[3].track = 12;
        DatasetSource source(dataset);
        QVERIFY(format().write(source, first).losses.empty());
        const core::Dataset back = format().read(first).dataset;
        QVERIFY(back.images == dataset.images);
        QVERIFY(back.categories == dataset.categories);
        QCOMPARE(back.annotations.size(), dataset.annotations.size());
        for (std::size_t i = 0; i < back.annotations.size(); ++i) {
            core::Annotation a = back.annotations[i], b = dataset.annotations[i];
            QVERIFY(json::parse(a.foreign.empty() ? "{}" : a.foreign) ==
                    json::parse(b.foreign.empty() ? "{}" : b.foreign));
            a.foreign.clear();
            b.foreign.clear();
            QVERIFY(a == b);
        }
        DatasetSource again(back);
        format().write(again, second);
        for (const char *file : {"street.json", "yards/yard.json"})
            QCOMPARE(content(second / file), content(first / file));
    }

    void groupsStayApart()
    {
        core::Dataset dataset = oneImage(drawn::mask({"#.#", "...", "#.#"}));
        dataset.annotations.push_back(dataset.annotations[0]);
        dataset.annotations.push_back({3, 1, 1, drawn::mask({"...", "###", "..."})});
        dataset.annotations.push_back({4, 1, 1, drawn::mask({"...", "#..", "..."})});
        dataset.annotations[1].id = 2;
        dataset.annotations[2].foreign = R"({"group_id":1})";
        dataset.annotations[3].foreign = R"({"group_id":1})";
        DatasetSource source(dataset);
        const auto target = freshTarget();
        const WriteSummary summary = format().write(source, target);
        QCOMPARE(lost(summary, "group ids that several objects of a category share were left out"),
                 std::size_t(1));
        const core::Dataset back = format().read(target).dataset;
        QCOMPARE(back.annotations.size(), std::size_t(4));
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(back.annotations[i].mask == dataset.annotations[i].mask);
    }

    void namesDoNotMeet()
    {
        core::Dataset dataset;
        dataset.images = {{1, "a.jpg", {1, 1}},
                          {2, "a.png", {1, 1}},
                          {3, "a.png.jpg", {1, 1}},
                          {4, "sub/a.jpg", {1, 1}}};
        DatasetSource source(dataset);
        const auto target = freshTarget();
        format().write(source, target);
        QCOMPARE(parsed(target / "a.json")["imagePath"], "a.jpg");
        QCOMPARE(parsed(target / "a.png.json")["imagePath"], "a.png");
        QCOMPARE(parsed(target / "a.png.jpg.json")["imagePath"], "a.png.jpg");
        QCOMPARE(parsed(target / "sub/a.json")["imagePath"], "a.jpg");
        QCOMPARE(format().read(target).dataset.images.size(), std::size_t(4));
    }

    void lossesAreCounted()
    {
        core::Dataset dataset = oneImage(drawn::mask({"...", "..."}));
        dataset.categories.push_back({5, "unused", "", 0});
        dataset.foreign = R"({"info":{"year":2020}})";
        DatasetSource source(dataset);
        const WriteSummary summary = format().write(source, freshTarget());
        QCOMPARE(summary.annotations, std::size_t(0));
        QCOMPARE(lost(summary, "objects without a pixel were left out"), std::size_t(1));
        QCOMPARE(lost(summary, "categories without an object were left out"), std::size_t(2));
        QCOMPARE(summary.losses.size(), std::size_t(3));
    }

    /// A disc with a hole, and a square that no tolerance changes.
    void simplifiedOutlinesTellWhatItCost()
    {
        const core::Size size{200, 100};
        const auto disc = [&](double radius) {
            return core::rleFromEllipse({50, 50, radius, radius}, size);
        };
        const std::array ring{disc(40), disc(15)};
        core::Dataset dataset = oneImage(core::merge(ring, core::SetOperation::Difference));
        dataset.annotations.push_back({2, 1, 1, core::rleFromBox(120, 10, 30, 30, size)});
        DatasetSource source(dataset);
        QVERIFY(format().write(source, freshTarget()).losses.empty());
        WriteOptions options;
        options.simplify = 2;
        const auto target = freshTarget();
        const WriteSummary summary = format().write(source, target, options);
        const core::Dataset back = format().read(target).dataset;
        const double iou = core::iou(back.annotations[0].mask, dataset.annotations[0].mask);
        QVERIFY2(iou > 0.9 && iou < 1, qPrintable(QString::number(iou)));
        QVERIFY(back.annotations[1].mask == dataset.annotations[1].mask);
        const QString text = QString::number(iou, 'f', 4);
        QCOMPARE(lost(summary, QString("outlines were simplified (IoU %1 on average, %1 at the "
                                       "worst)")
                                   .arg(text)
                                   .toStdString()),
                 std::size_t(1));
    }

    void picturesLieBeside()
    {
        const auto pictures = freshTarget();
        QDir().mkpath(QString::fromStdString((pictures / "sub").string()));
        QFile file(pictures / "sub/a.jpg");
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("picture") == 7);
        file.close();
        core::Dataset dataset;
        dataset.images = {{1, "sub/a.jpg", {1, 1}}, {2, "gone.jpg", {1, 1}}};
        DatasetSource source(dataset);
        WriteOptions options;
        options.imageFolder = pictures;
        for (const auto kind : {exporters::Pictures::Copy, exporters::Pictures::Link}) {
            const auto target = freshTarget();
            options.pictures = kind;
            const WriteSummary summary = format().write(source, target, options);
            QCOMPARE(content(target / "sub/a.jpg"), QByteArray("picture"));
            QCOMPARE(parsed(target / "sub/a.json")["imagePath"], "a.jpg");
            QCOMPARE(lost(summary, "pictures were not found and are not beside their annotations"),
                     std::size_t(1));
        }
        // Left where they are, they are named from where the file lies, and known again.
        options.pictures = exporters::Pictures::Leave;
        const auto target = freshTarget();
        format().write(source, target, options);
        const std::string path = parsed(target / "sub/a.json")["imagePath"];
        QCOMPARE(path, "../../" + pictures.filename().string() + "/sub/a.jpg");
        QCOMPARE(content(target / "sub" / path), QByteArray("picture"));
        QCOMPARE(format().read(target, {pictures}).dataset.images[1].fileName,
                 std::string("sub/a.jpg"));
    }

    void refusedAsAWhole_data()
    {
        QTest::addColumn<core::Dataset>("dataset");
        core::Dataset dataset = oneImage(drawn::mask({"##"}));
        core::Dataset bad = dataset;
        bad.images[0].fileName = "../a.jpg";
        QTest::newRow("a name that leads out") << bad;
        bad = dataset;
        bad.annotations[0].mask = drawn::mask({"##", "##"});
        QTest::newRow("a mask of another size") << bad;
        bad = dataset;
        bad.annotations[0].mask.counts = {1, 5};
        QTest::newRow("runs beyond the mask") << bad;
        bad = dataset;
        bad.annotations[0].categoryId = 7;
        QTest::newRow("a category that is not there") << bad;
    }
    void refusedAsAWhole()
    {
        QFETCH(core::Dataset, dataset);
        DatasetSource source(dataset);
        const auto target = freshTarget();
        QVERIFY_THROWS_EXCEPTION(core::Error, format().write(source, target));
        QVERIFY(!std::filesystem::exists(target));
        QVERIFY(!std::filesystem::exists(target.parent_path() / "a.json"));
    }

    void aStopLeavesNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        core::Dataset dataset = oneImage(drawn::mask({"##"}));
        DatasetSource source(dataset);
        const auto target = freshTarget();
        QVERIFY_THROWS_EXCEPTION(core::Error, format().write(source, target, {}, stop.get_token()));
        QVERIFY(!std::filesystem::exists(target));
    }
};

QTEST_GUILESS_MAIN(TestLabelMeWriter)
#include "tst_labelme_writer.moc"
