// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_header.h"
#include "core/image/image_reader.h"
#include "sample_images.h"

#include <QtTest>

class TestImageOrientation : public QObject
{
    Q_OBJECT

    /// A TIFF structure of one tag, as EXIF has it.
    static QByteArray exif(int orientation, bool bigEndian)
    {
        const QByteArray little = QByteArray::fromHex("49492a00080000000100120103000100000000000000"
                                                      "00000000");
        const QByteArray big = QByteArray::fromHex("4d4d002a000000080001011200030000000100000000"
                                                   "00000000");
        QByteArray block = bigEndian ? big : little;
        block[bigEndian ? 19 : 18] = char(orientation);
        return block;
    }

    static QByteArray exifSegment(int orientation, bool bigEndian)
    {
        QByteArray segment = QByteArray("Exif\0\0", 6) + exif(orientation, bigEndian);
        const auto length = segment.size() + 2;
        return segment.prepend(char(length & 255)).prepend(char(length >> 8)).prepend("\xff\xe1");
    }

    static QByteArray jpeg(int orientation, bool bigEndian)
    {
        return encoded(quadrants(), ".jpg").insert(2, exifSegment(orientation, bigEndian));
    }

    static void orientations()
    {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QString>("colours"); // upper left, upper right, lower left, lower right
        QTest::newRow("upright") << 1 << "RGBW";
        QTest::newRow("mirrored left-right") << 2 << "GRWB";
        QTest::newRow("upside down") << 3 << "WBGR";
        QTest::newRow("mirrored top-bottom") << 4 << "BWRG";
        QTest::newRow("mirrored about the main diagonal") << 5 << "RBGW";
        QTest::newRow("lying on its left side") << 6 << "BRWG";
        QTest::newRow("mirrored about the other diagonal") << 7 << "WGBR";
        QTest::newRow("lying on its right side") << 8 << "GWRB";
    }

    static void check(const std::filesystem::path &file, int orientation, const QString &colours)
    {
        const core::Size size = orientation >= 5 ? core::Size{32, 48} : core::Size{48, 32};
        QVERIFY(core::readImageSize(file) == size);
        const core::Image image = core::readImage(file);
        QVERIFY(image.size == size);
        QCOMPARE(quadrantColours(image), colours);
        const core::Image thumbnail = core::readThumbnail(file, 24);
        QCOMPARE(std::max(thumbnail.size.width, thumbnail.size.height), 24);
        QCOMPARE(quadrantColours(thumbnail), colours);
    }

private Q_SLOTS:
    void jpegStandsUpright_data() { orientations(); }
    void jpegStandsUpright()
    {
        QFETCH(int, orientation);
        QFETCH(QString, colours);
        const QTemporaryDir directory;
        check(written(directory, "little.jpg", jpeg(orientation, false)), orientation, colours);
        check(written(directory, "big.jpg", jpeg(orientation, true)), orientation, colours);
    }

    void tiffStandsUpright_data() { orientations(); }
    void tiffStandsUpright()
    {
        QFETCH(int, orientation);
        QFETCH(QString, colours);
        check(std::string(TEST_DATA_DIR "/images/orientation") + char('0' + orientation) + ".tif",
              orientation, colours);
    }

    void pngStandsUpright_data() { orientations(); }
    void pngStandsUpright()
    {
        QFETCH(int, orientation);
        QFETCH(QString, colours);
        const QByteArray block = exif(orientation, true);
        const QByteArray chunk = QByteArray(3, '\0') + char(block.size()) + "eXIf" + block;
        QByteArray checksum;
        std::uint32_t crc = 0xffffffff;
        for (const char c : chunk.mid(4)) {
            crc ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
        for (const int shift : {24, 16, 8, 0})
            checksum += char(~crc >> shift);
        const QTemporaryDir directory;
        check(
            written(directory, "a.png", encoded(quadrants(), ".png").insert(33, chunk + checksum)),
            orientation, colours);
    }

    void theFirstExifCounts()
    {
        const QTemporaryDir directory;
        const QByteArray second = exifSegment(8, true);
        check(written(directory, "a.jpg", jpeg(6, false).insert(2 + second.size(), second)), 6,
              "BRWG");
    }

    void aThousandExifsCostNoMoreThanOne()
    {
        QByteArray exif = exifSegment(1, false);
        exif.replace(18, 4, QByteArray("\xff\xff\0\0", 4)); // tags, and the first of them
        const QByteArray bytes = "\xff\xd8" + exif.repeated(1000);
        int reads = 0;
        const auto readAt = [&](std::uint64_t offset, std::span<std::uint8_t> into) {
            ++reads;
            for (std::size_t i = 0; i < into.size(); ++i, ++offset)
                into[i] = offset < std::uint64_t(bytes.size())
                              ? std::uint8_t(bytes[qsizetype(offset)])
                              : std::uint8_t(0);
            return true;
        };
        QVERIFY(!core::readImageHeader(readAt));
        QVERIFY2(reads < 200'000, qPrintable(QString::number(reads)));
    }

    /// A header that never comes to its point is given up.
    void headersEnd_data()
    {
        QTest::addColumn<QByteArray>("beginning");
        QTest::addColumn<QByteArray>("again");
        QTest::newRow("JPEG of fill bytes") << QByteArray("\xff\xd8") << QByteArray("\xff");
        QTest::newRow("JPEG of empty segments")
            << QByteArray("\xff\xd8") << QByteArray("\xff\xe2\0\2", 4);
        QTest::newRow("PNM of a comment") << QByteArray("P5\n#") << QByteArray("x");
        QTest::newRow("PNG of empty chunks")
            << QByteArray::fromHex(
                   "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55")
            << QByteArray("\0\0\0\0tEXt\0\0\0\0", 12);
        QTest::newRow("WebP of empty chunks")
            << QByteArray("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0", 30)
            << QByteArray("abcd\0\0\0\0", 8);
    }
    void headersEnd()
    {
        QFETCH(QByteArray, beginning);
        QFETCH(QByteArray, again);
        int reads = 0;
        core::readImageHeader([&](std::uint64_t offset, std::span<std::uint8_t> into) {
            for (std::size_t i = 0; i < into.size(); ++i, ++offset) {
                const auto at = qsizetype(offset);
                into[i] = std::uint8_t(at < beginning.size()
                                           ? beginning[at]
                                           : again[(at - beginning.size()) % again.size()]);
            }
            return ++reads < 10'000'000;
        });
        QVERIFY2(reads < 3'000'000, qPrintable(QString::number(reads)));
    }

    void nonsenseIsTakenAsUpright()
    {
        const QTemporaryDir directory;
        for (const int orientation : {0, 9, 255})
            check(written(directory, "a.jpg", jpeg(orientation, false)), 1, "RGBW");
    }
};

QTEST_APPLESS_MAIN(TestImageOrientation)
#include "tst_image_orientation.moc"
