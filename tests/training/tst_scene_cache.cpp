// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/training/random.h"
#include "core/training/scene_cache.h"

#include <QtTest>

#include <fstream>

using namespace core;

namespace
{

/// Pixels from flat to wild and labels from one region to one per pixel, by scene number.
class OddScenes final : public SceneSource
{
public:
    TrainingScene scene(std::uint64_t index) const override
    {
        Random random(1, index);
        const Size size{1 + random.index(40), 1 + random.index(40)};
        TrainingScene scene{Image(size), {}};
        const int spread = 1 + random.index(256);
        for (auto &value : scene.image.pixels) {
            value = static_cast<std::uint8_t>(random.index(spread));
        }
        for (int level = 0; level < 3; ++level) {
            LabelMap map{size, {}};
            const int kinds = 1 << random.index(17);
            std::uint16_t id = 0;
            for (long long i = 0; i < size.area(); ++i) {
                if (random.chance(0.3F)) {
                    id = static_cast<std::uint16_t>(random.index(kinds));
                }
                map.ids.push_back(id);
            }
            scene.levels.push_back(map);
        }
        return scene;
    }
};

void compare(const TrainingScene &a, const TrainingScene &b)
{
    QCOMPARE(a.image.size, b.image.size);
    QCOMPARE(a.image.pixels, b.image.pixels);
    QCOMPARE(a.levels.size(), b.levels.size());
    for (std::size_t i = 0; i < a.levels.size(); ++i) {
        QCOMPARE(a.levels[i].size, b.levels[i].size);
        QCOMPARE(a.levels[i].ids, b.levels[i].ids);
    }
}

} // namespace

class TestSceneCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scenesComeBackExactly()
    {
        const OddScenes scenes;
        for (std::uint64_t n = 0; n < 200; ++n) {
            const auto bytes = encodeScene(scenes.scene(n));
            compare(decodeScene(bytes.data(), bytes.size(), "x"), scenes.scene(n));
        }
    }
    void filesOfAFolderFollowEachOther()
    {
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        const OddScenes scenes;
        writeSceneFile(scenes, 5, 3, folder / "b.scenes");
        writeSceneFile(scenes, 0, 5, folder / "a.scenes");
        const SceneCache cache(folder);
        QCOMPARE(cache.size(), std::uint64_t{8});
        for (std::uint64_t n = 0; n < 8; ++n) {
            compare(cache.scene(n), scenes.scene(n));
        }
        compare(cache.scene(9), scenes.scene(1));
        QVERIFY(!std::filesystem::exists(folder / "a.scenes.part"));
    }
    void damageIsNoticedAndNamed()
    {
        const OddScenes scenes;
        const auto whole = encodeScene(scenes.scene(3));
        for (std::size_t length = 0; length + 2 < whole.size(); length += 1 + whole.size() / 50) {
            QVERIFY_EXCEPTION_THROWN(decodeScene(whole.data(), length, "x"), Error);
        }
        QTemporaryDir dir;
        const auto folder = std::filesystem::path(dir.path().toStdString());
        std::ofstream(folder / "bad.scenes") << "not a scene file";
        try {
            const SceneCache cache(folder);
            QFAIL("no error");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::BadDataset);
            QVERIFY(std::string(error.what()).find("bad.scenes") != std::string::npos);
        }
    }
    void anEmptyFolderIsAnError()
    {
        QTemporaryDir dir;
        QVERIFY_EXCEPTION_THROWN(SceneCache(dir.path().toStdString()), Error);
    }
    void damagedBitsNeverCrash()
    {
        const OddScenes scenes;
        Random random(8);
        auto bytes = encodeScene(scenes.scene(3));
        for (int i = 0; i < 500; ++i) {
            auto broken = bytes;
            broken[static_cast<std::size_t>(random.index(static_cast<int>(broken.size())))] ^=
                static_cast<std::uint8_t>(1U << random.index(8));
            try {
                const TrainingScene scene = decodeScene(broken.data(), broken.size(), "x");
                QVERIFY(!scene.image.isNull());
            } catch (const Error &error) {
                QCOMPARE(error.kind(), ErrorKind::BadDataset);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSceneCache)
#include "tst_scene_cache.moc"
