// SPDX-License-Identifier: Apache-2.0
#include "core/training/region_hierarchy.h"

#include <QtTest>

using namespace core;

namespace
{

/// Four flat quarters: two reds that are near each other above, blue and green below.
cv::Mat quarters()
{
    cv::Mat picture(40, 40, CV_8UC3);
    picture(cv::Rect(0, 0, 20, 20)).setTo(cv::Scalar(200, 40, 40));
    picture(cv::Rect(20, 0, 20, 20)).setTo(cv::Scalar(180, 45, 45));
    picture(cv::Rect(0, 20, 20, 20)).setTo(cv::Scalar(30, 30, 220));
    picture(cv::Rect(20, 20, 20, 20)).setTo(cv::Scalar(30, 200, 60));
    return picture;
}

} // namespace

class TestGraphSegmentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flatAreasBecomeOneRegionEach()
    {
        const Partition found = segmentByGraph(quarters(), 5, 4);
        QCOMPARE(found.count, 4);
        for (const cv::Point p :
             {cv::Point(0, 0), cv::Point(20, 0), cv::Point(0, 20), cv::Point(20, 20)}) {
            const cv::Mat quarter = found.labels(cv::Rect(p, cv::Size(20, 20)));
            QCOMPARE(cv::countNonZero(quarter == quarter.at<int>(0, 0)), 400);
        }
    }
    void smallSpecksJoinTheirNeighbour()
    {
        cv::Mat picture = quarters();
        picture(cv::Rect(5, 5, 2, 2)).setTo(cv::Scalar(0, 0, 0));
        QCOMPARE(segmentByGraph(picture, 0.5F, 1).count, 5);
        QCOMPARE(segmentByGraph(picture, 0.5F, 10).count, 4);
    }
    void mergingJoinsTheMostAlikeFirst()
    {
        const cv::Mat picture = quarters();
        const Partition fine = segmentByGraph(picture, 5, 4);
        const auto levels = mergeRegions(picture, fine, {4, 3, 1}, 0.3F);
        QCOMPARE(levels[0].count, 4);
        QCOMPARE(levels[1].count, 3);
        QCOMPARE(levels[2].count, 1);
        const cv::Mat &three = levels[1].labels;
        QCOMPARE(three.at<int>(0, 0), three.at<int>(0, 39));
        QVERIFY(three.at<int>(39, 0) != three.at<int>(39, 39));
        QVERIFY(three.at<int>(39, 0) != three.at<int>(0, 0));
    }
    void levelsAreNested()
    {
        cv::Mat picture(60, 60, CV_8UC3);
        cv::RNG rng(5);
        rng.fill(picture, cv::RNG::UNIFORM, 0, 256);
        const auto levels =
            mergeRegions(picture, segmentByGraph(picture, 50, 5), {30, 10, 4}, 0.3F);
        for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
            std::vector<int> parent(static_cast<std::size_t>(levels[i].count), -1);
            for (int p = 0; p < 60 * 60; ++p) {
                int &known =
                    parent[static_cast<std::size_t>(levels[i].labels.at<int>(p / 60, p % 60))];
                const int above = levels[i + 1].labels.at<int>(p / 60, p % 60);
                QVERIFY(known == -1 || known == above);
                known = above;
            }
        }
    }
    void aClearBorderMakesARegionAndATextureNone()
    {
        cv::Mat picture(60, 60, CV_8UC3, cv::Scalar(100, 128, 128));
        picture(cv::Rect(10, 10, 20, 20)).setTo(cv::Scalar(160, 128, 128)); // 1: clear
        picture(cv::Rect(35, 35, 20, 20)).setTo(cv::Scalar(104, 128, 128)); // 2: faint
        Partition partition{cv::Mat::zeros(60, 60, CV_32S), 4};
        partition.labels(cv::Rect(10, 10, 20, 20)).setTo(1);
        partition.labels(cv::Rect(35, 35, 20, 20)).setTo(2);
        const cv::Rect noisy(35, 5, 20, 20); // 3: no stronger outside than inside
        cv::RNG rng(2);
        rng.fill(picture(noisy), cv::RNG::UNIFORM, 60, 140);
        partition.labels(noisy).setTo(3);
        const std::vector<bool> distinct = distinctRegions(picture, partition);
        QVERIFY(distinct[1]);
        QVERIFY(!distinct[2]);
        QVERIFY(!distinct[3]);
    }
};

QTEST_APPLESS_MAIN(TestGraphSegmentation)
#include "tst_graph_segmentation.moc"
