// SPDX-License-Identifier: Apache-2.0
#include "core/mask/place.h"

#include <QtTest>

#include <random>

using namespace core;

class TestPlace : public QObject
{
    Q_OBJECT

private:
    static Mask randomMask(std::mt19937 &random, Size size, int onInTen)
    {
        Mask mask(size);
        for (std::uint8_t &pixel : mask.pixels)
            pixel = static_cast<int>(random() % 10) < onInTen;
        return mask;
    }
    static bool isOn(const Mask &mask, int x, int y)
    {
        return x >= 0 && y >= 0 && x < mask.size.width && y < mask.size.height && mask.at(x, y);
    }

private Q_SLOTS:
    void aPatchByHand()
    {
        Mask patch({2, 2});
        patch.pixels = {1, 0, //
                        1, 1};
        // 3 x 3, column by column: 000 011 001
        QVERIFY(place(patch, 1, 1, {3, 3}) == (Rle{{3, 3}, {4, 2, 2, 1}}));
        // all of it beside the picture
        QVERIFY(place(patch, 3, 0, {3, 3}) == (Rle{{3, 3}, {9}}));
        QVERIFY(place(Mask(), 0, 0, {3, 3}) == (Rle{{3, 3}, {9}}));
    }

    void columnsOfFullHeightMakeOneRun()
    {
        Mask patch({2, 3});
        patch.pixels.assign(6, 1);
        QVERIFY(place(patch, 1, 0, {3, 3}) == (Rle{{3, 3}, {3, 6}}));
        QVERIFY(place(patch, 0, 0, {2, 3}) == (Rle{{2, 3}, {0, 6}}));
    }

    void isWhatEncodingTheWholeMaskGives()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 3000; ++round) {
            const auto upTo = [&](int n) { return static_cast<int>(random() % unsigned(n)); };
            const Size size{1 + upTo(12), 1 + upTo(12)};
            const Mask patch = randomMask(random, {1 + upTo(9), 1 + upTo(9)}, upTo(11));
            const int x = upTo(30) - 12, y = upTo(30) - 12;
            Mask whole(size);
            for (int row = 0; row < size.height; ++row)
                for (int column = 0; column < size.width; ++column)
                    whole.set(column, row, isOn(patch, column - x, row - y));
            QVERIFY(place(patch, x, y, size) == encode(whole));
            QVERIFY(place(encode(patch), x, y, size) == encode(whole));
        }
    }

    void croppingGivesThePixelsOfTheBlock()
    {
        std::mt19937 random(6);
        for (int round = 0; round < 3000; ++round) {
            const auto upTo = [&](int n) { return static_cast<int>(random() % unsigned(n)); };
            const Mask whole = randomMask(random, {1 + upTo(12), 1 + upTo(12)}, upTo(11));
            const PixelRect block{upTo(30) - 12, upTo(30) - 12, upTo(14), upTo(14)};
            const Mask part = crop(encode(whole), block);
            QVERIFY(part.size == (Size{block.width, block.height}));
            for (int y = 0; y < block.height; ++y)
                for (int x = 0; x < block.width; ++x)
                    QCOMPARE(part.at(x, y) != 0, isOn(whole, block.x + x, block.y + y));
        }
    }

    void clippingKeepsWhatLiesInThePicture()
    {
        QVERIFY(clipped({-2, 1, 5, 9}, {4, 4}) == (PixelRect{0, 1, 3, 3}));
        QVERIFY(clipped({4, 0, 5, 5}, {4, 4}) == PixelRect{});
        QVERIFY(clipped({-9, 0, 5, 5}, {4, 4}) == PixelRect{});
    }
};

QTEST_APPLESS_MAIN(TestPlace)
#include "tst_place.moc"
