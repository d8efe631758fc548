// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/state_dict.h"

#include <QtTest>

#include <cstring>

// PIL is integer arithmetic: nothing may differ.
class TestResizeParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsPilBitForBit();
    void roundsSidesAsSamDoes();
    void keepsAVanishingSideAtOnePixel();
    void readsRowsThatLieApart();
};

namespace
{

core::ImageView viewOf(const torch::Tensor &image)
{
    const int width = static_cast<int>(image.size(1));
    return {image.data_ptr<std::uint8_t>(), {width, static_cast<int>(image.size(0))}, width * 3};
}

} // namespace

void TestResizeParity::equalsPilBitForBit()
{
    const auto tensors = core::readCheckpoint(TEST_DATA_DIR "/resize/resize_cases.safetensors");
    int cases = 0;
    for (const auto &[name, in] : tensors) {
        if (!QString::fromStdString(name).endsWith("/in"))
            continue;
        const std::string prefix = name.substr(0, name.size() - 2);
        const torch::Tensor expected = tensors.at(prefix + "out");
        const auto longSide = tensors.at(prefix + "long_side").item<std::int64_t>();
        const core::Image out = core::resizeLongestSide(viewOf(in), static_cast<int>(longSide));
        QVERIFY2((out.size == core::Size{int(expected.size(1)), int(expected.size(0))}),
                 name.c_str());
        QVERIFY2(std::memcmp(out.pixels.data(), expected.data_ptr(), out.pixels.size()) == 0,
                 name.c_str());
        ++cases;
    }
    QVERIFY(cases >= 5);
}

void TestResizeParity::roundsSidesAsSamDoes()
{
    QVERIFY((core::longestSideSize({1800, 1200}, 1024) == core::Size{1024, 683}));
    QVERIFY((core::longestSideSize({1200, 1800}, 1024) == core::Size{683, 1024}));
    QVERIFY((core::longestSideSize({1024, 1024}, 1024) == core::Size{1024, 1024}));
    QVERIFY((core::longestSideSize({147, 200}, 256) == core::Size{188, 256}));
}

void TestResizeParity::keepsAVanishingSideAtOnePixel()
{
    core::Image line({5000, 1});
    std::ranges::fill(line.pixels, std::uint8_t(200));
    const core::Image small = core::resizeLongestSide(line.view(), 256);
    QVERIFY((small.size == core::Size{256, 1}));
    QVERIFY(std::ranges::all_of(small.pixels, [](std::uint8_t value) { return value == 200; }));
}

void TestResizeParity::readsRowsThatLieApart()
{
    core::Image wide({40, 30});
    for (std::size_t i = 0; i < wide.pixels.size(); ++i)
        wide.pixels[i] = static_cast<std::uint8_t>(i * 7);
    core::Image left({17, 30});
    for (int y = 0; y < 30; ++y)
        std::memcpy(left.row(y), wide.row(y), 17 * 3);
    const core::ImageView window = {wide.pixels.data(), {17, 30}, 40 * 3};
    QVERIFY(core::resizeLongestSide(window, 24) == core::resizeLongestSide(left.view(), 24));
}

QTEST_APPLESS_MAIN(TestResizeParity)
#include "tst_resize_parity.moc"
