// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/maps/index_png.h"
#include "map_samples.h"
#include "png_bytes.h"

#include <QImage>
#include <QImageReader>
#include <QTemporaryDir>
#include <QtTest>

using namespace std::string_literals;
using exporters::IndexDepth;
using exporters::IndexMap;
using exporters::IndexPng;
using exporters::readIndexPng;
using exporters::writeIndexPng;
using sample::png;
using sample::pngChunk;

using Values = std::vector<std::uint32_t>;

class TestIndexPng : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path file() const { return m_folder.filePath("a.png").toStdString(); }

    IndexPng read(const std::string &bytes) const
    {
        sample::put(file(), bytes);
        return readIndexPng(file());
    }

    core::ErrorKind refusal(const std::string &bytes) const
    {
        try {
            read(bytes);
        } catch (const core::Error &error) {
            if (std::string(error.what()).find("a.png") == std::string::npos)
                qWarning("no file is named: %s", error.what());
            return error.kind();
        }
        return core::ErrorKind::Cancelled; // not refused
    }

private Q_SLOTS:
    void valuesComeBack_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<unsigned>("most");
        QTest::newRow("indexed") << int(IndexDepth::Palette) << 255u;
        QTest::newRow("8 bits of grey") << int(IndexDepth::Grey8) << 255u;
        QTest::newRow("16 bits of grey") << int(IndexDepth::Grey16) << 65535u;
        QTest::newRow("24 bits of RGB") << int(IndexDepth::Rgb) << 0xffffffu;
    }
    void valuesComeBack()
    {
        QFETCH(int, depth);
        QFETCH(unsigned, most);
        std::mt19937 random(1);
        std::vector<core::Color> palette(256);
        for (core::Color &color : palette)
            color = random() & 0xffffff;
        for (const core::Size size : {core::Size{1, 1}, {7, 3}, {64, 33}, {301, 2}}) {
            IndexMap map(size);
            for (std::uint32_t &value : map.values)
                value = random() % (most + 1);
            map.values[0] = most;
            writeIndexPng(map, IndexDepth(depth), file(),
                          depth == int(IndexDepth::Palette) ? palette : std::vector<core::Color>());
            const IndexPng read = readIndexPng(file());
            QVERIFY(read.map == map);
            QCOMPARE(read.isColor, depth == int(IndexDepth::Rgb));
            QVERIFY(read.palette ==
                    (depth == int(IndexDepth::Palette) ? palette : std::vector<core::Color>()));
        }
    }

    void othersSeeTheKindThatWasAsked()
    {
        IndexMap map({2, 1});
        map.values = {1, 2};
        const std::vector<core::Color> palette{0, 0xff8000, 0x0000ff};
        writeIndexPng(map, IndexDepth::Palette, file(), palette, "fr\u00fch/a.jpg");
        const QImage indexed(QString::fromStdString(file()));
        QCOMPARE(indexed.format(), QImage::Format_Indexed8);
        QCOMPARE(indexed.pixelIndex(1, 0), 2);
        QCOMPARE(indexed.pixel(0, 0), qRgb(255, 128, 0));
        map.values = {1, 40000};
        writeIndexPng(map, IndexDepth::Grey16, file());
        const std::string bytes = sample::contentOf(file());
        QCOMPARE(bytes[24], char(16)); // bit depth
        QCOMPARE(bytes[25], char(0));  // grey
        map.values = {exporters::toValue(0x010203), 0};
        QCOMPARE(map.values[0], 1u + 256u * 2 + 65536u * 3);
        writeIndexPng(map, IndexDepth::Rgb, file());
        QCOMPARE(QImage(QString::fromStdString(file())).pixel(0, 0), qRgb(1, 2, 3));
        QCOMPARE(sample::contentOf(file())[25], char(2)); // RGB without alpha
    }

    void theNameOfThePictureIsKept()
    {
        IndexMap map({2, 1});
        writeIndexPng(map, IndexDepth::Grey16, file(), {}, "fr\u00fch/a.jpg");
        QCOMPARE(readIndexPng(file()).pictureName, std::string("fr\u00fch/a.jpg"));
        QVERIFY(!QImage(QString::fromStdString(file())).isNull());
        writeIndexPng(map, IndexDepth::Grey16, file());
        QCOMPARE(readIndexPng(file()).pictureName, std::string());
    }

    void fewBitsAreIndices_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("color");
        for (const int depth : {1, 2, 4, 8}) {
            QTest::addRow("indexed, %d bits", depth) << depth << 3;
            QTest::addRow("grey, %d bits", depth) << depth << 0;
        }
    }
    void fewBitsAreIndices()
    {
        QFETCH(int, depth);
        QFETCH(int, color);
        // Five pixels in a row, all values of the last bits; the palette has but two of them.
        std::string rows;
        Values values;
        for (int y = 0; y < 16; ++y) {
            std::uint64_t bits = 0;
            for (int x = 0; x < 5; ++x) {
                const unsigned value = unsigned(y + 3 * x) & ((1u << depth) - 1);
                bits = bits << depth | value;
                values.push_back(value);
            }
            const int bytes = (5 * depth + 7) / 8;
            bits <<= 8 * bytes - 5 * depth;
            rows += '\0';
            for (int i = bytes - 1; i >= 0; --i)
                rows += char(bits >> 8 * i & 255);
        }
        // Nothing of all this may touch a value.
        const std::string extra = pngChunk("gAMA", "\0\1\x86\xa0"s) +
                                  (color == 3 ? pngChunk("PLTE", "\1\2\3\4\5\6"s) : ""s) +
                                  pngChunk("tRNS", color == 3 ? "\0"s : "\0\1"s);
        const IndexPng picture = read(png(5, 16, depth, color, rows, extra));
        QVERIFY(picture.map.values == values);
        QVERIFY(!picture.isColor);
        QCOMPARE(picture.palette.size(), color == 3 ? std::size_t(2) : std::size_t(0));
    }

    void gammaAndTransparencyChangeNothing()
    {
        const std::string extra = pngChunk("gAMA", "\0\0\x10\0"s) + pngChunk("tRNS", "\x12\x34"s);
        const IndexPng deep = read(png(2, 1, 16, 0, "\0\x12\x34\xff\xfe"s, extra));
        QVERIFY((deep.map.values == Values{0x1234, 0xfffe}));
        const IndexPng color = read(png(1, 1, 8, 6, "\0\1\2\3\0"s)); // wholly transparent
        QVERIFY((color.map.values == Values{0x030201}));
        QVERIFY(color.isColor);
    }

    void aLimitOfQtIsNone()
    {
        const int limit = QImageReader::allocationLimit();
        QImageReader::setAllocationLimit(1);
        IndexMap map({1200, 1000}); // 2.4 MB of 16 bits
        map.values[777777] = 54321;
        writeIndexPng(map, IndexDepth::Grey16, file());
        QVERIFY(readIndexPng(file()).map == map);
        QImageReader::setAllocationLimit(limit);
    }

    void whatIsNoMapIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        const std::string whole = png(5, 1, 8, 0, "\0\1\2\3\4\5"s);
        row("nothing", "");
        row("text", "hello hello hello hello hello hello");
        row("a JPEG's beginning", "\xff\xd8\xff\xe0 something");
        row("breaks off in the header", whole.substr(0, 30));
        row("breaks off in the pixels", whole.substr(0, whole.size() - 20));
        row("has no end", whole.substr(0, whole.size() - 12));
        row("has no pixels", whole.substr(0, 33) + pngChunk("IEND", ""));
        row("too few pixels", png(5, 3, 8, 0, "\0\1\2\3\4\5"s));
        row("grey with alpha", png(1, 1, 8, 4, "\0\1\2"s));
        row("16 bits of RGB", png(1, 1, 16, 2, "\0\1\2\3\4\5\6"s));
        row("3 bits", png(1, 1, 3, 0, "\0\1"s));
        row("16 bits of indices", png(1, 1, 16, 3, "\0\1\1"s, pngChunk("PLTE", "\1\2\3"s)));
        row("no size", png(0, 0, 8, 0, ""));
        row("claims a billion pixels", png(30000, 30000, 8, 0, "\0\1"s));
        row("claims more than there are", png(0x7fffffff, 0x7fffffff, 16, 0, "\0\1"s));
        row("claims 400 million pixels", png(20000, 20000, 16, 0, "\0\1"s));
        std::string damaged = whole;
        damaged[damaged.size() - 20] = char(~damaged[damaged.size() - 20]);
        row("a bit turned in the pixels", damaged);
        row("a chunk longer than the file", whole.substr(0, 33) + "\x7f\xff\xff\xffIDATabcd"s);
    }
    void whatIsNoMapIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(refusal(bytes.toStdString()), core::ErrorKind::BadImage);
    }

    void missingFilesAndFolders()
    {
        try {
            readIndexPng(m_folder.filePath("none.png").toStdString());
            QFAIL("nothing was thrown");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::FileNotFound);
        }
        QVERIFY_EXCEPTION_THROWN(readIndexPng(m_folder.path().toStdString()), core::Error);
    }

    void noBytesCrash()
    {
        // Every byte of a small file turned in turn: read or refused, never more.
        const std::string whole =
            png(5, 2, 8, 3, "\0\1\2\3\4\5\0\1\2\3\4\5"s, pngChunk("PLTE", "\1\2\3\4\5\6"s));
        for (std::size_t i = 0; i < whole.size(); ++i) {
            for (const int change : {1, 0x80, 0xff}) {
                std::string bytes = whole;
                bytes[i] = char(bytes[i] ^ change);
                try {
                    const IndexPng picture = read(bytes);
                    QCOMPARE(picture.map.values.size(), std::size_t(picture.map.size.area()));
                } catch (const core::Error &) {
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestIndexPng)
#include "tst_index_png.moc"
