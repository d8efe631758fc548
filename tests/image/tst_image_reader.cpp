// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/image/image_reader.h"
#include "sample_images.h"

#include <QtTest>

#include <limits>

Q_DECLARE_METATYPE(cv::Mat)

class TestImageReader : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    core::Image read(const QString &name, const QByteArray &bytes)
    {
        return core::readImage(written(m_directory, name, bytes));
    }

    static QList<int> firstPixels(const core::Image &image, int count)
    {
        return QList<int>(image.pixels.begin(), image.pixels.begin() + count * 3);
    }

private Q_SLOTS:
    void everyFormatGivesTheSamePicture_data()
    {
        QTest::addColumn<QByteArray>("extension");
        for (const char *extension : {".jpg", ".png", ".tif", ".webp", ".bmp", ".ppm"})
            QTest::newRow(extension) << QByteArray(extension);
    }
    void everyFormatGivesTheSamePicture()
    {
        QFETCH(QByteArray, extension);
        // The name's extension lies on purpose: content decides.
        const auto file = written(m_directory, "picture.dat", encoded(quadrants(), extension));
        QVERIFY((core::readImageSize(file) == core::Size{48, 32}));
        const core::Image image = core::readImage(file);
        QVERIFY((image.size == core::Size{48, 32}));
        QCOMPARE(quadrantColours(image), "RGBW");
    }

    void greyBecomesThreeEqualChannels()
    {
        const cv::Mat grey = (cv::Mat_<uchar>(1, 2) << 7, 200);
        QCOMPARE(firstPixels(read("a.png", encoded(grey, ".png")), 2),
                 (QList<int>{7, 7, 7, 200, 200, 200}));
        QCOMPARE(firstPixels(read("a.pgm", encoded(grey, ".pgm")), 2),
                 (QList<int>{7, 7, 7, 200, 200, 200}));
    }

    void alphaIsDroppedAndColoursUnderItAreKept()
    {
        const cv::Mat transparent(1, 1, CV_8UC4, cv::Scalar(30, 20, 10, 0));
        QCOMPARE(firstPixels(read("a.png", encoded(transparent, ".png")), 1),
                 (QList<int>{10, 20, 30}));
    }

    void paletteBecomesColours()
    {
        QCOMPARE(quadrantColours(core::readImage(TEST_DATA_DIR "/images/palette.png")), "RGBW");
    }

    void jpegsHaveThePixelsThatOpenCvReads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        cv::Mat picture;
        cv::resize(quadrants(), picture, {101, 67}, 0, 0, cv::INTER_CUBIC);
        const auto jpeg = [&](const cv::Mat &pixels, std::vector<int> options) {
            std::vector<uchar> bytes;
            cv::imencode(".jpg", pixels, bytes, options);
            return QByteArray(reinterpret_cast<const char *>(bytes.data()),
                              qsizetype(bytes.size()));
        };
        cv::Mat grey;
        cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
        QTest::newRow("colour") << jpeg(picture, {cv::IMWRITE_JPEG_QUALITY, 60});
        QTest::newRow("progressive") << jpeg(picture, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
        QTest::newRow("with restart marks") << jpeg(picture, {cv::IMWRITE_JPEG_RST_INTERVAL, 2});
        QTest::newRow("grey") << jpeg(grey, {});
        QFile cmyk(TEST_DATA_DIR "/images/cmyk.jpg");
        QVERIFY(cmyk.open(QIODevice::ReadOnly));
        QTest::newRow("CMYK") << cmyk.readAll();
    }
    void jpegsHaveThePixelsThatOpenCvReads()
    {
        QFETCH(QByteArray, bytes);
        const cv::Mat bgr = cv::imdecode(std::vector<uchar>(bytes.begin(), bytes.end()),
                                         cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
        cv::Mat rgb;
        cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
        const core::Image image = read("picture.jpg", bytes);
        QVERIFY((image.size == core::Size{rgb.cols, rgb.rows}));
        QVERIFY(std::equal(image.pixels.begin(), image.pixels.end(), rgb.data));
    }

    void cmykBecomesColours()
    {
        QCOMPARE(quadrantColours(core::readImage(TEST_DATA_DIR "/images/cmyk.jpg")), "RGBW");
    }

    void ofSeveralPagesTheFirstIsRead()
    {
        const auto file = written(m_directory, "pages.tif", {});
        const cv::Mat black(8, 8, CV_8UC3, cv::Scalar());
        QVERIFY(cv::imwrite(file.string(), std::vector<cv::Mat>{quadrants(), black}));
        QCOMPARE(quadrantColours(core::readImage(file)), "RGBW");
    }

    void sixteenBits_data()
    {
        QTest::addColumn<cv::Mat>("samples");
        QTest::addColumn<QList<int>>("firstTwoPixels");
        using V = cv::Vec3w;
        QTest::newRow("colour over the whole range")
            << cv::Mat((cv::Mat_<V>(1, 2) << V(65535, 257, 0), V(25700, 0, 514)))
            << QList<int>{0, 1, 255, 2, 0, 100};
        QTest::newRow("12-bit colour in 16")
            << cv::Mat((cv::Mat_<V>(1, 2) << V(4095, 0, 0), V(0, 2048, 1024)))
            << QList<int>{0, 0, 255, 64, 128, 0};
        QTest::newRow("grey is spread over its own range")
            << cv::Mat((cv::Mat_<ushort>(1, 3) << 1000, 1200, 1100))
            << QList<int>{0, 0, 0, 255, 255, 255};
        QTest::newRow("one single grey") << cv::Mat((cv::Mat_<ushort>(1, 2) << 777, 777))
                                         << QList<int>{128, 128, 128, 128, 128, 128};
    }
    void sixteenBits()
    {
        QFETCH(cv::Mat, samples);
        QFETCH(QList<int>, firstTwoPixels);
        for (const char *extension : {".png", ".tif"})
            QCOMPARE(firstPixels(read("deep", encoded(samples, extension)), 2), firstTwoPixels);
    }

    void aFewHotPixelsDoNotDarkenGrey()
    {
        cv::Mat grey(100, 100, CV_16U);
        for (int i = 0; i < 10000; ++i)
            grey.at<ushort>(i / 100, i % 100) = ushort(i % 2 ? 2000 : 1000);
        grey.at<ushort>(50, 51) = 65535;
        QCOMPARE(firstPixels(read("hot.png", encoded(grey, ".png")), 2),
                 (QList<int>{0, 0, 0, 255, 255, 255}));
    }

    void floatsWithHolesCanBeSeen()
    {
        const float none = std::numeric_limits<float>::quiet_NaN();
        const cv::Mat depth = (cv::Mat_<float>(1, 3) << none, 2.5f, 1.5f);
        QCOMPARE(firstPixels(read("depth.tif", encoded(depth, ".tif")), 3),
                 (QList<int>{0, 0, 0, 255, 255, 255, 0, 0, 0}));
    }

    void oneByOnePixel()
    {
        const cv::Mat one(1, 1, CV_8UC3, cv::Scalar(3, 2, 1));
        QCOMPARE(firstPixels(read("one.png", encoded(one, ".png")), 1), (QList<int>{1, 2, 3}));
    }

    void namesMayHoldSpacesAndEveryScript()
    {
        const QString name = QString::fromUtf8("Äpfel и 写真 #1 %20.jpg");
        QCOMPARE(quadrantColours(read(name, encoded(quadrants(), ".jpg"))), "RGBW");
    }

    void thumbnailsAreShrunkAndNeverEnlarged()
    {
        cv::Mat large;
        cv::resize(quadrants(), large, {1200, 800}, 0, 0, cv::INTER_NEAREST);
        for (const char *extension : {".jpg", ".png"}) {
            const auto file = written(m_directory, "large", encoded(large, extension));
            const core::Image thumbnail = core::readThumbnail(file, 96);
            QVERIFY((thumbnail.size == core::Size{96, 64}));
            QCOMPARE(quadrantColours(thumbnail), "RGBW");
        }
        const auto small = written(m_directory, "small", encoded(quadrants(), ".png"));
        QVERIFY((core::readThumbnail(small, 96).size == core::Size{48, 32}));
    }
};

QTEST_APPLESS_MAIN(TestImageReader)
#include "tst_image_reader.moc"
