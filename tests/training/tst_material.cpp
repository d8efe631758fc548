// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/training/material.h"
#include "core/training/prepare_material.h"

#include <QtTest>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

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
