// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/entry.h"
#include "export/formats.h"
#include "export/json/json_glimpse.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <set>

using exporters::glimpseJson;
using exporters::JsonGlimpse;

class TestFormats : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path write(const std::string &text) const
    {
        const std::filesystem::path file = m_folder.filePath("a.json").toStdString();
        std::ofstream(file) << text;
        return file;
    }

private Q_SLOTS:
    void namesAreFoundAndDiffer()
    {
        std::set<std::string_view> names;
        for (const auto &format : exporters::allFormats()) {
            QVERIFY(names.insert(format->name()).second);
            QVERIFY(exporters::findFormat(format->name()) == format.get());
            QVERIFY(!format->title().empty());
            QVERIFY(format->canRead() || format->canWrite());
        }
        QVERIFY(exporters::findFormat("wav") == nullptr);
    }

    /// A few bytes of run lengths say so; formats without pictures write it in as few.
    void whatAFileClaimsTakesNoMemory()
    {
        core::Dataset dataset;
        dataset.categories = {{1, "car", "", 0}};
        const core::Size size{32'000, 32'000};
        dataset.images = {{1, "000001.jpg", size}};
        dataset.annotations = {{1, 1, 1, {size, {0, 1'024'000'000u}}}};
        exporters::WriteOptions options;
        options.maskShapes = true;
        std::set<std::string_view> refused;
        for (const auto &format : exporters::allFormats()) {
            if (!format->canWrite())
                continue;
            const std::string target =
                m_folder
                    .filePath(
                        QString::fromUtf8(format->name().data(), qsizetype(format->name().size())))
                    .toStdString();
            try {
                exporters::DatasetSource source(dataset);
                format->write(source, target, options);
            } catch (const core::Error &error) {
                QVERIFY(error.kind() == core::ErrorKind::BadDataset);
                QVERIFY2(QByteArray(error.what()).contains("500 million"), error.what());
                QVERIFY(!std::filesystem::exists(target));
                refused.insert(format->name());
            }
        }
        QVERIFY((refused == std::set<std::string_view>{"cityscapes", "coco-panoptic", "cvat-xml",
                                                       "labelme", "mask-png", "mots", "voc"}));
    }

    void cocoIsRecognised()
    {
        const auto *format = exporters::recogniseFormat(TEST_DATA_DIR "/coco/two_images.json");
        QVERIFY(format != nullptr);
        QCOMPARE(format->name(), std::string_view("coco"));
    }

    void cocoIsRecognisedWhateverFillsItsBeginning_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("format");
        const QString images = "\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"%1}]";
        const QString boxes = "\"annotations\":[{\"image_id\":1,\"bbox\":[0,0,1,1]%1}]";
        const QString segments = "\"annotations\":[{\"image_id\":1,\"segments_info\":[]}]";
        QTest::newRow("images first") << images << boxes.arg("") << "coco";
        QTest::newRow("annotations first") << boxes << images.arg("") << "coco";
        QTest::newRow("panoptic") << images << segments << "coco-panoptic";
        QTest::newRow("other lists") << "\"images\":[{\"id\":1%1}]" << boxes.arg("") << "";
    }

    void cocoIsRecognisedWhateverFillsItsBeginning()
    {
        QFETCH(QString, first);
        QFETCH(QString, last);
        QFETCH(QString, format);
        const QString filling = ",\"note\":\"" + QString(5 << 20, 'a') + "\"";
        const std::filesystem::path file =
            write(("{" + first.arg(filling) + "," + last + "}").toStdString());
        // Pictures in a folder of the file's name say nothing.
        std::filesystem::create_directories(file.parent_path() / file.stem());
        QVERIFY(glimpseJson(file).isCut);
        const auto *found = exporters::recogniseFormat(file);
        QCOMPARE(found ? QString::fromLatin1(found->name().data(), qsizetype(found->name().size()))
                       : QString(""),
                 format);
        QVERIFY(!glimpseJson(write("{}")).isCut);
    }

    void whatIsNoDatasetIsOfNoFormat()
    {
        QVERIFY(!exporters::recogniseFormat(write("")));
        QVERIFY(!exporters::recogniseFormat(write("hello")));
        QVERIFY(!exporters::recogniseFormat(write("{\"a\": 1}")));
        QVERIFY(!exporters::recogniseFormat("/no/such/file"));
        QVERIFY(!exporters::recogniseFormat("/dev/null"));
        QTemporaryDir empty;
        QVERIFY(!exporters::recogniseFormat(empty.path().toStdString()));
    }

    void aGlimpseShowsKeysAndFirstElements()
    {
        const JsonGlimpse seen = glimpseJson(
            write(R"({"info":{"year":1,"deep":{"no":1}},"images":[{"id":1,"x":[{"y":1}]},{"z":2}],
                      "empty":[],"numbers":[1,{"no":1}],"text":"a"})"));
        QVERIFY(seen.top == JsonGlimpse::Kind::Object);
        QVERIFY((seen.keys == decltype(seen.keys){{"info", {"year", "deep"}},
                                                  {"images", {"id", "x"}},
                                                  {"empty", {}},
                                                  {"numbers", {}},
                                                  {"text", {}}}));
        QVERIFY((seen.lists == decltype(seen.lists){"images", "empty", "numbers"}));
        QVERIFY(seen.hasKey("images", "id") && !seen.hasKey("images", "z"));
    }

    void aGlimpseOfAList()
    {
        const JsonGlimpse seen = glimpseJson(write(R"([{"image_id":1,"score":0.5},{"other":1}])"));
        QVERIFY(seen.top == JsonGlimpse::Kind::List);
        QVERIFY((seen.keys == decltype(seen.keys){{"", {"image_id", "score"}}}));
    }

    void aGlimpseOfAFileThatBreaksOff()
    {
        QVERIFY(glimpseJson(write(R"({"images":[{"id":1)")).hasKey("images", "id"));
        QVERIFY(glimpseJson(write(std::string(5000, '['))).top == JsonGlimpse::Kind::List);
    }

    void findingsAreBounded()
    {
        exporters::Findings findings;
        for (int i = 0; i < 1500; ++i)
            findings.add({exporters::Severity::Error, "rule", "a.json", "", "broken."});
        findings.add({exporters::Severity::Warning, "rule", "a.json", "line 3", "odd."});
        QCOMPARE(findings.told().size(), exporters::Findings::mostTold);
        QCOMPARE(findings.errors(), std::size_t(1500));
        QCOMPARE(findings.warnings(), std::size_t(1));
        QCOMPARE(exporters::toText({{}, "rule", "a.json", "line 3", "odd."}),
                 std::string("a.json: line 3: odd."));
        QCOMPARE(exporters::toText(findings.told()[0]), std::string("a.json: broken."));
    }

    void aRefusedEntryIsAFinding()
    {
        exporters::Findings findings;
        const exporters::EntryPlace where{"a.json", "shapes[3]"};
        QVERIFY(exporters::takeEntry(findings, where, [] {}));
        QVERIFY(findings.isEmpty());
        QVERIFY(!exporters::takeEntry(findings, where, [] {
            throw exporters::EntryError("no-area", "shapes[3]: covers no pixel.");
        }));
        QVERIFY(!exporters::takeEntry(findings, where, [] {
            throw core::Error(core::ErrorKind::BadDataset, "a.json: shapes[3] is odd.");
        }));
        QCOMPARE(findings.told()[0].rule, std::string("no-area"));
        QCOMPARE(findings.told()[1].rule, std::string("bad-entry"));
        QCOMPARE(exporters::toText(findings.told()[0]),
                 std::string("a.json: shapes[3]: covers no pixel."));
        QCOMPARE(exporters::toText(findings.told()[1]), std::string("a.json: shapes[3]: is odd."));
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::takeEntry(findings, where, [] {
                                     throw core::Error(core::ErrorKind::DiskFull,
                                                       "The disk is full.");
                                 }));
    }
};

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
