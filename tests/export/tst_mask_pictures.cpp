// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/maps/mask_overlay.h"
#include "export/maps/png_writer.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

namespace
{

core::Mask squareMask(core::Size size, int left, int top, int right, int bottom)
{
    core::Mask mask(size);
    for (int y = top; y < bottom; ++y)
        std::fill(mask.row(y) + left, mask.row(y) + right, std::uint8_t{1});
    return mask;
}

std::array<int, 3> pixel(const core::Image &image, int x, int y)
{
    const std::uint8_t *p = image.row(y) + 3 * x;
    return {p[0], p[1], p[2]};
}

} // namespace

class TestMaskPictures : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void maskPngIsBlackAndWhite()
    {
        const core::Mask mask = squareMask({37, 21}, 3, 2, 30, 9);
        const QString file = m_folder.filePath("m\u00e4sk.png");
        exporters::writePng(mask, file.toStdString());
        const QImage image(file);
        QCOMPARE(image.size(), QSize(37, 21));
        QVERIFY(image.isGrayscale());
        for (int y = 0; y < 21; ++y)
            for (int x = 0; x < 37; ++x)
                QCOMPARE(qGray(image.pixel(x, y)), mask.at(x, y) != 0 ? 255 : 0);
    }

    void pictureKeepsItsPixels()
    {
        core::Image image({5, 3}); // 15 bytes a row: not a multiple of Qt's four
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            image.pixels[i] = std::uint8_t(i * 5);
        const QString file = m_folder.filePath("picture.png");
        exporters::writePng(image, file.toStdString());
        const QImage read(file);
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 5; ++x) {
                const auto [red, green, blue] = pixel(image, x, y);
                QCOMPARE(read.pixel(x, y), qRgb(red, green, blue));
            }
    }

    void unwritable()
    {
        const core::Mask mask({2, 2});
        QVERIFY_EXCEPTION_THROWN(exporters::writePng(mask, m_folder.path().toStdString()),
                                 core::Error);
        QVERIFY_EXCEPTION_THROWN(
            exporters::writePng(mask, m_folder.filePath("no/a.png").toStdString()), core::Error);
    }

    void overlayTintsInsideAndDrawsTheOutline()
    {
        core::Image image({20, 10});
        image.pixels.assign(image.pixels.size(), 100);
        exporters::drawOverlay(image, squareMask(image.size, 5, 2, 12, 8), 0xff0020);
        QVERIFY(pixel(image, 0, 0) == (std::array{100, 100, 100}));
        QVERIFY(pixel(image, 4, 5) == (std::array{100, 100, 100}));
        QVERIFY(pixel(image, 5, 5) == (std::array{255, 0, 32}));
        QVERIFY(pixel(image, 11, 7) == (std::array{255, 0, 32}));
        QVERIFY(pixel(image, 6, 5) ==
                (std::array{170, 55, 69})); // 55 % of 100 + 45 % of the colour
    }

    void outlineGrowsWithThePicture()
    {
        core::Image image({1300, 40});
        exporters::drawOverlay(image, squareMask(image.size, 100, 5, 200, 35), 0xffffff);
        QVERIFY(pixel(image, 101, 20) == (std::array{255, 255, 255}));
        QVERIFY(pixel(image, 102, 20) == (std::array{115, 115, 115}));
    }

    void fullAndEmptyMasks()
    {
        core::Image image({3, 3});
        exporters::drawOverlay(image, core::Mask(image.size), 0xffffff);
        QVERIFY(image == core::Image({3, 3}));
        exporters::drawOverlay(image, squareMask(image.size, 0, 0, 3, 3), 0xffffff);
        QVERIFY(pixel(image, 0, 1) == (std::array{255, 255, 255}));
        QVERIFY(pixel(image, 1, 1) == (std::array{115, 115, 115}));
    }
};

QTEST_GUILESS_MAIN(TestMaskPictures)
#include "tst_mask_pictures.moc"
