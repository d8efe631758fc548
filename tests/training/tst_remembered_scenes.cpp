// SPDX-License-Identifier: Apache-2.0
#include "core/training/remembered_scenes.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace core;

namespace
{

/// Scenes of 10 x 10 pixels (500 bytes with one map) that carry their number; counts what is asked.
class CountingScenes final : public SceneSource
{
public:
    TrainingScene scene(std::uint64_t index) const override
    {
        ++asked;
        TrainingScene scene{Image(Size{10, 10}), {}};
        scene.image.pixels.front() = static_cast<std::uint8_t>(index);
        scene.levels.push_back({{10, 10}, std::vector<std::uint16_t>(100)});
        return scene;
    }
    mutable std::atomic<int> asked = 0;
};

} // namespace

class TestRememberedScenes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOnceForWhatFits()
    {
        const CountingScenes source;
        const RememberedScenes scenes(source, 1000); // two scenes
        for (int round = 0; round < 3; ++round) {
            for (std::uint64_t i = 0; i < 3; ++i)
                QCOMPARE(int(scenes.scene(i).image.pixels.front()), int(i));
        }
        QCOMPARE(source.asked.load(), 2 + 3); // the third one has no room
    }

    void threadsGetTheirOwnScenes()
    {
        const CountingScenes source;
        const RememberedScenes scenes(source, 100 * 500);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&, t] {
                    for (std::uint64_t i = 0; i < 200; ++i) {
                        const auto index = (i * 7 + std::uint64_t(t)) % 100;
                        wrong += scenes.scene(index).image.pixels.front() != index;
                    }
                });
            }
        }
        QCOMPARE(wrong.load(), 0);
        const int asked = source.asked;
        for (std::uint64_t i = 0; i < 100; ++i)
            scenes.scene(i);
        QCOMPARE(source.asked.load(), asked);
    }
};

QTEST_APPLESS_MAIN(TestRememberedScenes)
#include "tst_remembered_scenes.moc"
