// SPDX-License-Identifier: Apache-2.0
#include "sample_dataset.h"

#include "core/error.h"
#include "export/formats.h"
#include "export/formats/coco/coco_reader.h"
#include "export/operations/conversion.h"
#include "export/operations/read_dataset.h"

#include <QtTest>

#include <fstream>

using namespace exporters;

class TestConversion : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::filesystem::path path(const char *name) const
    {
        return m_directory.filePath(QLatin1String(name)).toStdString();
    }

private Q_SLOTS:
    void goesFromOneFormatToAnother()
    {
        ConversionOptions options;
        options.to = findFormat("coco");
        options.write.segmentation = SegmentationForm::RleUncompressed;
        double last = 0;
        const Conversion done = convert(TEST_DATA_DIR "/coco/two_images.json", path("out.json"),
                                        options, {}, [&last](double share) {
                                            QVERIFY(share >= last && share <= 1);
                                            last = share;
                                        });
        QCOMPARE(done.from->name(), std::string_view("coco"));
        QCOMPARE(done.summary.annotations, sample::dataset().annotations.size());
        QCOMPARE(readCoco(path("out.json")).dataset.annotations, sample::dataset().annotations);
        QCOMPARE(last, 1.0);
    }

    void whatIsOfNoFormatIsTold()
    {
        std::ofstream(path("poem.txt")) << "no annotations";
        try {
            formatOf(path("poem.txt"));
            QFAIL("recognised");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::BadDataset);
            QVERIFY(std::string(error.what()).find("poem.txt") != std::string::npos);
        }
        try {
            formatOf(path("nowhere"), findFormat("coco"));
            QFAIL("found");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::FileNotFound);
        }
    }
};

QTEST_GUILESS_MAIN(TestConversion)
#include "tst_conversion.moc"
