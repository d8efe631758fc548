// SPDX-License-Identifier: Apache-2.0
#include "check_runs.h"
#include "packed_files.h"
#include "png_checksums.h"
#include "read_packed.h"

#include "export/formats.h"

#include <QBuffer>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

/// What fuzzing began with and what it found stays readable, or refused, without a fault.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsWithoutAFault_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("file");
        for (QDirIterator files(FUZZ_CORPUS_DIR, QDir::Files, QDirIterator::Subdirectories);
             files.hasNext();) {
            const QFileInfo file(files.next());
            const QString format = file.dir().dirName();
            QTest::addRow("%s/%s", qPrintable(format), qPrintable(file.fileName()))
                << format << file.filePath();
        }
    }
    void readsWithoutAFault()
    {
        QFETCH(QString, format);
        QFETCH(QString, file);
        QFile packed(file);
        QVERIFY(packed.open(QIODevice::ReadOnly));
        const std::string content = packed.readAll().toStdString();
        if (format == QLatin1String("rle")) {
            fuzz::checkRuns(
                {reinterpret_cast<const std::uint8_t *>(content.data()), content.size()});
            return;
        }
        QVERIFY(!fuzz::unpack(content).empty());
        fuzz::readPacked(format.toStdString(), content, m_folder.filePath("a").toStdString());
    }

    void everyReadFormatHasSeeds()
    {
        for (const auto &format : exporters::allFormats()) {
            const QString name =
                QString::fromUtf8(format->name().data(), qsizetype(format->name().size()));
            if (format->canRead())
                QVERIFY2(QDir(QStringLiteral(FUZZ_CORPUS_DIR "/") + name).exists(),
                         qPrintable(name));
        }
    }

    void namesDoNotLeadOut()
    {
        const auto files = fuzz::unpack("=== ../a\n1\n=== b/c.txt\n2\n3\n=== /d\n4\n=== e\n");
        QCOMPARE(files.size(), std::size_t(2));
        QCOMPARE(files[0].name, std::string("b/c.txt"));
        QCOMPARE(files[0].content, std::string("2\n3"));
        QCOMPARE(files[1].name, std::string("e"));
        QCOMPARE(fuzz::pack(files), std::string("=== b/c.txt\n2\n3\n=== e\n\n"));
    }

    void checksumsOfPngsAreMended()
    {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        QImage picture(3, 2, QImage::Format_Grayscale8);
        picture.fill(7);
        QVERIFY(picture.save(&buffer, "PNG"));
        QByteArray bytes = "=== a.png\n" + png + "\n=== b.png\n" + png;
        const QByteArray good = bytes;
        for (qsizetype at = bytes.indexOf("IHDR"); at >= 0; at = bytes.indexOf("IHDR", at + 1))
            bytes[at + 17] = char(~bytes[at + 17]); // behind 13 bytes
        QVERIFY(bytes != good);
        fuzz::mendPngChecksums(
            {reinterpret_cast<std::uint8_t *>(bytes.data()), std::size_t(bytes.size())});
        QCOMPARE(bytes, good);
        bytes.truncate(40); // a chunk that breaks off is left as it is
        fuzz::mendPngChecksums(
            {reinterpret_cast<std::uint8_t *>(bytes.data()), std::size_t(bytes.size())});
        QCOMPARE(bytes, good.left(40));
    }
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
