// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/formats.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using exporters::ReadResult;

class TestSav : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    const exporters::Format &m_format = *exporters::findFormat("sav");

    std::filesystem::path write(const char *name, QByteArray text) const
    {
        text.replace('\'', '"');
        const std::filesystem::path file = m_folder.filePath(name).toStdString();
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text.toStdString();
        return file;
    }

private Q_SLOTS:
    void readsMasklets()
    {
        const auto file = write("sav_7_manual.json", R"({'video_id': 'sav_7', 'video_height': 2.0,
            'video_width': 3.0, 'video_frame_count': 9.0, 'masklet': [
              [{'size': [2, 3], 'counts': [1, 2, 3]}, {'size': [2, 3], 'counts': [6]}],
              [{'size': [2, 3], 'counts': '123'}, {'size': [2, 3], 'counts': [0, 6]}],
              [null, {'size': [2, 3], 'counts': [5, 1]}]],
            'masklet_id': [0, 4], 'masklet_type': ['manual', 'manual']})");
        QVERIFY(exporters::recogniseFormat(file) == &m_format);
        const ReadResult result = m_format.read(file);
        QVERIFY(result.findings.isEmpty());
        const core::Dataset &dataset = result.dataset;
        QVERIFY((dataset.images == std::vector<core::ImageRecord>{{1, "sav_7/00000.jpg", {3, 2}},
                                                                  {2, "sav_7/00004.jpg", {3, 2}},
                                                                  {3, "sav_7/00008.jpg", {3, 2}}}));
        QCOMPARE(dataset.annotations.size(), std::size_t(4)); // not seen, or null: none
        const std::vector<std::pair<core::Id, core::Id>> expected{{1, 1}, {2, 1}, {2, 2}, {3, 2}};
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(dataset.annotations[i].id, core::Id(i) + 1);
            QCOMPARE(dataset.annotations[i].imageId, expected[i].first);
            QCOMPARE(dataset.annotations[i].track, expected[i].second);
        }
        QCOMPARE(dataset.annotations[2].foreign,
                 std::string(R"({"masklet_id":4,"masklet_type":"manual"})"));
        QVERIFY(!m_format.canWrite());
    }

    /// A video has two files; tracks of both are different ones, frames are the same pictures.
    void readsAFolder()
    {
        const char *text = "{'video_id': 'v', 'video_height': 2, 'video_width': 3, 'masklet':"
                           "[[{'size': [2, 3], 'counts': [1, 5]}]], 'masklet_id': [0]}";
        write("videos/v_auto.json", text);
        write("videos/v_manual.json", text);
        write("videos/w_auto.json", QByteArray(text).replace("'v'", "'w'"));
        const ReadResult result = m_format.read(m_folder.filePath("videos").toStdString());
        QVERIFY(result.findings.isEmpty());
        QCOMPARE(result.dataset.images.size(), std::size_t(2));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(3));
        QCOMPARE(result.dataset.annotations[0].track, core::Id(1));
        QCOMPARE(result.dataset.annotations[1].track, core::Id(2));
        QCOMPARE(result.dataset.annotations[1].imageId, core::Id(1));
        QCOMPARE(result.dataset.annotations[2].track, core::Id(3));
        QCOMPARE(result.dataset.annotations[2].imageId, core::Id(2));
    }

    void oneBadMaskCostsNoOther()
    {
        const ReadResult result = m_format.read(write(
            "bad.json", "{'video_id': 'v', 'video_height': 2, 'video_width': 3, 'masklet':"
                        "[[{'size': [9, 9], 'counts': [1, 80]}, {'size': [2, 3], 'counts': [1, 5]},"
                        "5], {}, [{'size': [2, 3], 'counts': 'x'}]]}"));
        QCOMPARE(result.dataset.annotations.size(), std::size_t(1));
        QCOMPARE(result.dataset.annotations[0].track, core::Id(2));
        QCOMPARE(result.findings.errors(), std::size_t(4));
        QCOMPARE(result.findings.told()[0].rule, std::string("rle-size"));
        QCOMPARE(result.findings.told()[0].place, std::string("masklet[0][0]"));
        QCOMPARE(result.findings.told()[2].rule, std::string("not-a-list"));
    }

    void whatIsNoSuchFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no masklets") << QByteArray("{'video_id': 'v', 'video_height': 2}");
        QTest::newRow("no video") << QByteArray("{'masklet': []}");
        QTest::newRow("no size") << QByteArray("{'video_id': 'v', 'masklet': []}");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("masklet in words") << QByteArray(
            "{'video_id': 'v', 'video_height': 2, 'video_width': 3, 'masklet': 'none'}");
    }
    void whatIsNoSuchFile()
    {
        QFETCH(QByteArray, text);
        QVERIFY_EXCEPTION_THROWN(m_format.read(write("no.json", text)), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestSav)
#include "tst_sav.moc"
