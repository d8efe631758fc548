// SPDX-License-Identifier: Apache-2.0
#include "core/training/rendered_scenes.h"
#include "core/training/scene_cache.h"

#include <QtTest>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <map>
#include <thread>

using namespace core;

namespace
{

/// A folder with a few photos and stamps, so that every way to paint is taken.
void makeMaterial(const std::filesystem::path &folder)
{
    std::filesystem::create_directories(folder / "photos");
    std::filesystem::create_directories(folder / "stamps");
    cv::RNG rng(3);
    for (int i = 0; i < 24; ++i) {
        cv::Mat photo(300, 400, CV_8UC3);
        rng.fill(photo, cv::RNG::UNIFORM, 0, 256);
        cv::GaussianBlur(photo, photo, {}, 5);
        cv::circle(photo, {200, 150}, 60, cv::Scalar(10 * i, 255 - 10 * i, 128), cv::FILLED);
        cv::imwrite((folder / "photos" / (std::to_string(i) + ".png")).string(), photo);
        cv::Mat stamp(80, 120, CV_8UC4, cv::Scalar::all(0));
        cv::ellipse(stamp, {60, 40}, {50, 30}, 0, 0, 360, cv::Scalar(10 * i, 90, 200, 255),
                    cv::FILLED);
        cv::imwrite((folder / "stamps" / (std::to_string(i) + ".png")).string(), stamp);
    }
}

} // namespace

class TestRenderedScenes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto folder = std::filesystem::path(m_dir.path().toStdString());
        makeMaterial(folder);
        m_options.side = 192;
        m_options.material = folder;
    }
    void aSceneIsTheSameFromEveryThread()
    {
        const RenderedScenes scenes(5, m_options);
        std::vector<std::vector<std::uint8_t>> first(12);
        std::vector<std::vector<std::uint8_t>> second(12);
        const auto paint = [&](auto &into, bool backwards) {
            for (std::size_t i = 0; i < into.size(); ++i) {
                const std::size_t n = backwards ? into.size() - 1 - i : i;
                into[n] = encodeScene(scenes.scene(n));
            }
        };
        std::thread other([&] { paint(second, true); });
        paint(first, false);
        other.join();
        QCOMPARE(first, second);
        QCOMPARE(encodeScene(RenderedScenes(5, m_options).scene(7)), first[7]);
    }
    void seedIndexAndSplitAllMatter()
    {
        SceneOptions validation = m_options;
        validation.split = SceneSplit::Validation;
        const auto scene = encodeScene(RenderedScenes(5, m_options).scene(0));
        QVERIFY(scene != encodeScene(RenderedScenes(6, m_options).scene(0)));
        QVERIFY(scene != encodeScene(RenderedScenes(5, m_options).scene(1)));
        QVERIFY(scene != encodeScene(RenderedScenes(5, validation).scene(0)));
    }
    void everyPixelOfAMadeUpSceneBelongsToSomething()
    {
        SceneOptions options = m_options;
        options.photoShare = 0;
        const RenderedScenes scenes(9, options);
        for (std::uint64_t n = 0; n < 30; ++n) {
            const TrainingScene scene = scenes.scene(n);
            QCOMPARE(scene.image.size, (Size{192, 192}));
            QCOMPARE(scene.levels.size(), std::size_t{3});
            for (const LabelMap &level : scene.levels) {
                QCOMPARE(level.size, scene.image.size);
                QCOMPARE(level.ids.size(), std::size_t{192 * 192});
                QVERIFY(std::none_of(level.ids.begin(), level.ids.end(),
                                     [](auto id) { return id == noRegion; }));
            }
        }
    }
    void aPartLiesInOneObjectAndAnObjectInOneGroup()
    {
        const RenderedScenes scenes(11, m_options);
        for (std::uint64_t n = 0; n < 20; ++n) {
            const TrainingScene scene = scenes.scene(n);
            for (std::size_t level = 0; level < 2; ++level) {
                std::map<int, int> parent;
                for (std::size_t i = 0; i < scene.levels[level].ids.size(); ++i) {
                    const int above = scene.levels[level + 1].ids[i];
                    if (scene.levels[level].ids[i] == noRegion || above == noRegion) {
                        continue;
                    }
                    const auto [known, fresh] =
                        parent.try_emplace(scene.levels[level].ids[i], above);
                    QVERIFY(fresh || known->second == above);
                }
            }
        }
    }
    void mostScenesHaveSomethingToClickOn()
    {
        const RenderedScenes scenes(13, m_options);
        int useful = 0;
        for (std::uint64_t n = 0; n < 40; ++n) {
            std::map<int, int> areas;
            const TrainingScene scene = scenes.scene(n);
            for (const auto id : scene.levels[1].ids) {
                ++areas[id];
            }
            useful += std::any_of(areas.begin(), areas.end(), [](auto &entry) {
                return entry.first != noRegion && entry.second > 192 * 192 / 100 &&
                       entry.second < 192 * 192 * 6 / 10;
            });
        }
        QVERIFY(useful >= 32);
    }
    void paintingNeedsNoMaterial()
    {
        SceneOptions options;
        options.side = 64;
        const TrainingScene scene = RenderedScenes(1, options).scene(3);
        QCOMPARE(scene.image.size, (Size{64, 64}));
    }

private:
    QTemporaryDir m_dir;
    SceneOptions m_options;
};

QTEST_APPLESS_MAIN(TestRenderedScenes)
#include "tst_rendered_scenes.moc"
