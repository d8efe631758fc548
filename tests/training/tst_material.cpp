// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_string.h"
#include "core/training/material.h"
#include "core/training/prepare_material.h"
#include "core/training/prepare_objects.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <fstream>
#include <set>

using namespace core;

class TestMaterial : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingFolderIsNamed()
    {
        try {
            Material material("/nowhere/at/all", SceneSplit::Training);
            QFAIL("no error");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::FileNotFound);
            QVERIFY(std::string(error.what()).find("/nowhere/at/all") != std::string::npos);
        }
    }
    void theSplitsShareNoPhoto()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        std::filesystem::create_directories(folder / "photos");
        for (int i = 0; i < 40; ++i) { // each photo has its own grey
            cv::imwrite((folder / "photos" / (std::to_string(i) + ".png")).string(),
                        cv::Mat(8, 8, CV_8UC3, cv::Scalar::all(i)));
        }
        const Material training(folder, SceneSplit::Training);
        const Material validation(folder, SceneSplit::Validation);
        std::set<int> seen[2];
        Random random(1);
        for (int i = 0; i < 800; ++i) {
            seen[0].insert(training.photo(random).pixels.at<cv::Vec3b>(0, 0)[0]);
            seen[1].insert(validation.photo(random).pixels.at<cv::Vec3b>(0, 0)[0]);
        }
        QCOMPARE(seen[0].size() + seen[1].size(), std::size_t{40});
        QVERIFY(seen[0].size() > seen[1].size());
        QVERIFY(!seen[1].empty());
        for (const int grey : seen[1]) {
            QVERIFY(!seen[0].contains(grey));
        }
    }
    void solidDrawingsAreStampsAndOutlinesAreNot()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        cv::Mat solid(200, 200, CV_8UC4, cv::Scalar::all(0));
        cv::circle(solid, {100, 100}, 70, cv::Scalar(20, 60, 220, 255), cv::FILLED);
        cv::circle(solid, {110, 90}, 40, cv::Scalar(240, 240, 240, 255), cv::FILLED);
        cv::imwrite((folder / "solid.png").string(), solid);
        QVERIFY(prepareStamp(folder / "solid.png", folder / "out.png"));
        const cv::Mat cropped = cv::imread((folder / "out.png").string(), cv::IMREAD_UNCHANGED);
        QCOMPARE(cropped.size(), cv::Size(141, 141));

        cv::Mat outline(200, 200, CV_8UC4, cv::Scalar::all(0));
        cv::circle(outline, {100, 100}, 70, cv::Scalar(20, 60, 220, 255), 3);
        cv::imwrite((folder / "outline.png").string(), outline);
        QVERIFY(!prepareStamp(folder / "outline.png", folder / "out2.png"));
        QVERIFY(!std::filesystem::exists(folder / "out2.png"));
    }
    void thinLimbsAreFineInACutout()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        cv::Mat figure(200, 200, CV_8UC4, cv::Scalar::all(0));
        cv::line(figure, {100, 40}, {60, 180}, cv::Scalar(20, 60, 120, 255), 9);
        cv::line(figure, {100, 40}, {140, 180}, cv::Scalar(60, 90, 160, 255), 9);
        cv::imwrite((folder / "figure.png").string(), figure);
        QVERIFY(prepareCutout(folder / "figure.png", folder / "out.png"));
        QVERIFY(!prepareStamp(folder / "figure.png", folder / "out2.png"));
    }
    void photographedThingsComeMoreOftenThanDrawings()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        const auto writeAll = [&](const char *kind, int count, int blue) {
            std::filesystem::create_directories(folder / kind);
            for (int i = 0; i < count; ++i) {
                cv::imwrite((folder / kind / (std::to_string(i) + ".png")).string(),
                            cv::Mat(8, 8, CV_8UC4, cv::Scalar(blue, 0, 0, 255)));
            }
        };
        writeAll("cutouts", 4, 200);
        const Material alone(folder, SceneSplit::Training);
        QVERIFY(alone.hasStamps());
        writeAll("stamps", 40, 100);
        const Material material(folder, SceneSplit::Training);
        Random random(1);
        int cutouts = 0;
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(alone.stamp(random).at<cv::Vec4b>(0, 0)[2], uchar(200));
            cutouts += material.stamp(random).at<cv::Vec4b>(0, 0)[2] == 200;
        }
        QVERIFY(cutouts > 500 && cutouts < 700);
    }
    void objectsOfPhotosAreDrawnAndCutOutWhole()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        std::filesystem::create_directories(folder / "photos");
        cv::Mat photo(20, 30, CV_8UC3, cv::Scalar::all(50));
        photo(cv::Rect(5, 4, 6, 8)).setTo(cv::Scalar::all(90));
        photo(cv::Rect(20, 0, 10, 10)).setTo(cv::Scalar::all(120)); // goes on outside
        cv::imwrite((folder / "photos" / "a.png").string(), photo);
        const auto runsOf = [](const cv::Rect &box) {
            Mask mask({30, 20});
            for (int y = box.y; y < box.y + box.height; ++y) {
                std::fill_n(mask.row(y) + box.x, box.width, std::uint8_t(1));
            }
            return nlohmann::json{{"what", "thing"}, {"counts", toString(encode(mask))}};
        };
        const nlohmann::json list{
            {{"file", "a.png"},
             {"size", {30, 20}},
             {"objects", {runsOf({5, 4, 6, 8}), runsOf({20, 0, 10, 10})}}},
            {{"file", "not there.png"}, {"size", {4, 4}}, {"objects", nlohmann::json::array()}}};
        std::ofstream(folder / "list.json") << list;
        QCOMPARE(drawObjects(folder / "list.json", folder / "photos", folder / "masks"), 1);

        const auto split = Material(folder, SceneSplit::Training).hasPhotos()
                               ? SceneSplit::Training
                               : SceneSplit::Validation;
        const Material material(folder, split);
        Random random(1);
        const cv::Mat objects = material.photo(random).objects;
        QCOMPARE(objects.at<uchar>(4, 5), uchar(1));
        QCOMPARE(objects.at<uchar>(0, 29), uchar(2));
        QCOMPARE(cv::countNonZero(objects), 6 * 8 + 10 * 10);
        QVERIFY(material.hasStamps());
        for (int i = 0; i < 5; ++i) {
            const cv::Mat stamp = material.stamp(random);
            QCOMPARE(stamp.size(), cv::Size(6, 8));
            QCOMPARE(stamp.at<cv::Vec4b>(7, 5), cv::Vec4b(90, 90, 90, 255));
        }
        std::ofstream(folder / "bad.json") << "[{\"file\": \"a.png\"}]";
        QVERIFY_THROWS_EXCEPTION(Error,
                                 drawObjects(folder / "bad.json", folder / "photos", folder));
    }
    void flatAndTinyPicturesAreNoPhotos()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        cv::imwrite((folder / "flat.png").string(),
                    cv::Mat(300, 300, CV_8UC3, cv::Scalar(10, 200, 30)));
        QVERIFY(!preparePhoto(folder / "flat.png", folder / "a.jpg"));
        cv::Mat busy(1500, 3000, CV_8UC3);
        cv::RNG rng(1);
        rng.fill(busy, cv::RNG::UNIFORM, 0, 256);
        cv::resize(busy(cv::Rect(0, 0, 60, 30)).clone(), busy, busy.size(), 0, 0, cv::INTER_CUBIC);
        cv::imwrite((folder / "busy.png").string(), busy);
        QVERIFY(preparePhoto(folder / "busy.png", folder / "b.jpg"));
        QCOMPARE(cv::imread((folder / "b.jpg").string()).size(), cv::Size(1024, 512));
    }
};

QTEST_APPLESS_MAIN(TestMaterial)
#include "tst_material.moc"
