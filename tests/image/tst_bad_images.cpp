// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/image/image_reader.h"
#include "sample_images.h"

#include <QtTest>

#include <functional>
#include <optional>

Q_DECLARE_METATYPE(core::ErrorKind)

class TestBadImages : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    static std::optional<core::Error> errorOf(const std::function<void()> &call)
    {
        try {
            call();
        } catch (const core::Error &error) {
            return error;
        }
        return {};
    }

    static QByteArray pngOfSize(quint32 width, quint32 height)
    {
        QByteArray bytes = encoded(quadrants(), ".png");
        for (int i = 0; i < 4; ++i) {
            bytes[16 + i] = char(width >> (24 - 8 * i));
            bytes[20 + i] = char(height >> (24 - 8 * i));
        }
        return bytes;
    }

    static cv::Mat noise()
    {
        cv::Mat image(64, 64, CV_8UC3);
        cv::RNG(1).fill(image, cv::RNG::UNIFORM, 0, 256);
        return image;
    }

private Q_SLOTS:
    void aSentenceNamesTheFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("one byte") << QByteArray("x") << "is not a picture";
        QTest::newRow("text") << QByteArray(1000, 'x') << "is not a picture";
        QTest::newRow("start of a JPEG alone")
            << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF", 10) << "is not a picture";
        QTest::newRow("no pixels") << pngOfSize(0, 32) << "no pixels";
        QTest::newRow("absurdly large") << pngOfSize(2'000'000'000, 2'000'000'000) << "limit";
        QTest::newRow("more than the limit") << pngOfSize(30'000, 30'000) << "limit";
        QTest::newRow("longer than the limit") << pngOfSize(5'000'000, 1) << "limit";
        QByteArray jpeg = encoded(noise(), ".jpg");
        QTest::newRow("JPEG cut short") << jpeg.first(jpeg.size() / 2) << "is cut short";
        QTest::newRow("JPEG padded with zeros")
            << jpeg.first(jpeg.size() / 2) + QByteArray(jpeg.size() / 2, '\0') << "is cut short";
        for (const char *extension : {".png", ".tif", ".webp", ".bmp", ".ppm"}) {
            const QByteArray whole = encoded(noise(), extension);
            QTest::addRow("%s cut short", extension) << whole.first(whole.size() / 2) << "";
        }
        QByteArray broken = encoded(noise(), ".png");
        broken.replace(60, 2000, QByteArray(2000, '\xaa'));
        QTest::newRow("PNG with damaged pixels") << broken << "is damaged";
    }
    void aSentenceNamesTheFile()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto file = written(m_directory, "a picture.jpg", bytes);
        for (const bool thumbnail : {false, true}) {
            const auto error =
                errorOf([&] { thumbnail ? core::readThumbnail(file, 16) : core::readImage(file); });
            QVERIFY(error);
            QCOMPARE(error->kind(), core::ErrorKind::BadImage);
            QVERIFY2(QString(error->what()).contains("a picture.jpg"), error->what());
            QVERIFY2(QString(error->what()).contains(says), error->what());
        }
    }

    void everyLengthOfAFileIsReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("extension");
        for (const char *extension : {".jpg", ".png", ".tif", ".webp", ".bmp", ".ppm"})
            QTest::newRow(extension) << QByteArray(extension);
    }
    void everyLengthOfAFileIsReadOrRefused()
    {
        QFETCH(QByteArray, extension);
        const QByteArray whole = encoded(quadrants(), extension);
        for (qsizetype length = 0; length < whole.size(); length += length < 40 ? 1 : 397) {
            const auto file = written(m_directory, "cut", whole.first(length));
            errorOf([&] { core::readImageSize(file); });
            const auto error = errorOf([&] { core::readImage(file); });
            QVERIFY2(error || extension == ".tif", qPrintable(QString::number(length)));
        }
    }

    void aJpegDamagedInsideIsReadAndDoubted_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("doubted");
        const QByteArray whole = encoded(noise(), ".jpg");
        QByteArray filler = whole;
        filler.insert(2, QByteArray("\xff\xfe\0\x06"
                                    "abcd",
                                    8));
        QByteArray overwritten = whole;
        overwritten.replace(whole.size() / 2, 60, QByteArray(60, '\xaa'));
        QByteArray missing = whole;
        missing.remove(whole.size() / 2, 300);
        QTest::newRow("whole") << whole << false;
        QTest::newRow("with a comment") << filler << false;
        QTest::newRow("overwritten in the middle") << overwritten << true;
        QTest::newRow("a piece is missing") << missing << true;
    }
    void aJpegDamagedInsideIsReadAndDoubted()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, doubted);
        const auto file = written(m_directory, "holiday.jpg", bytes);
        QStringList sentences;
        const core::Image image = core::readImage(file, [&](const std::string &sentence) {
            sentences << QString::fromStdString(sentence);
        });
        QVERIFY((image.size == core::Size{64, 64}));
        QCOMPARE(sentences.size(), doubted ? 1 : 0);
        if (doubted)
            QVERIFY(sentences[0].contains("holiday.jpg") && sentences[0].contains("damaged"));
        QVERIFY((core::readThumbnail(file, 16).size == core::Size{16, 16}));
        QVERIFY(core::readImage(file) == image); // nobody has to listen
    }

    void whatIsNoFile()
    {
        const auto missing =
            std::filesystem::path(m_directory.filePath("no such.png").toStdU16String());
        auto error = errorOf([&] { core::readImage(missing); });
        QVERIFY(error && error->kind() == core::ErrorKind::FileNotFound);
        const auto folder = std::filesystem::path(m_directory.path().toStdU16String());
        error = errorOf([&] { core::readImage(folder); });
        QVERIFY(error && error->kind() == core::ErrorKind::FileUnreadable);
        error = errorOf([&] { core::readImage("/dev/null"); });
        QVERIFY(error && error->kind() == core::ErrorKind::FileUnreadable);
    }
};

QTEST_APPLESS_MAIN(TestBadImages)
#include "tst_bad_images.moc"
