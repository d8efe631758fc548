// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_reader.h"

#include <QtTest>

/// `validate` of the real program, and `evaluate` on a file that is broken.
class TestCliValidate : public QObject
{
    Q_OBJECT

    struct Result {
        int exitCode = -1;
        QByteArray out;
        QByteArray error;
    };

    QTemporaryDir m_directory;

    QString path(const QString &name) const { return m_directory.filePath(name); }

    static Result run(const QStringList &arguments)
    {
        QProcess process;
        process.start(MASKWRIGHT_BIN_DIR "/maskwright-cli", arguments);
        if (!process.waitForFinished(120'000))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QString write(const char *name, QByteArray text) const
    {
        text.replace('\'', '"');
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }

    /// A wrong area, an id 0, a backslash, a crowd of true, and a mask of another size.
    QString broken() const
    {
        return write("broken.json",
                     "{'info':{'year':2020},'images':[{'id':0,'file_name':'s\\\\a.jpg','width':15,"
                     "'height':12,'license':3}],'categories':[{'id':1,'name':'c'}],'annotations':["
                     "{'id':4,'image_id':0,'category_id':1,'area':7,'bbox':[1,1,1,1],'x':[1],"
                     "'iscrowd':true,'segmentation':{'size':[12,15],'counts':'k05700000Y3'}},"
                     "{'id':5,'image_id':0,'category_id':1,'segmentation':{'size':[15,12],"
                     "'counts':'0d5'}}]}");
    }

private Q_SLOTS:
    void tellsAndMends()
    {
        const Result result = run({"validate", broken(), "--fix", path("fixed.json")});
        QCOMPARE(result.exitCode, 1);
        for (const char *rule :
             {"warning [id-zero]", "warning [name-backslash]", "warning [area]",
              "warning [bbox-differs]", "warning [iscrowd-bool]", "error [rle-size]"})
            QVERIFY2(result.out.contains(rule), result.out.constData());
        QVERIFY2(result.out.contains("broken.json: annotations[1] (id 5): has a mask of 12 x 15"),
                 result.out.constData());

        const Result again = run({"validate", path("fixed.json")});
        QVERIFY2(again.exitCode == 0, again.out.constData());
        QCOMPARE(again.out, QByteArray());
        const auto dataset = exporters::readCoco(path("fixed.json").toStdString()).dataset;
        QCOMPARE(dataset.images.at(0).fileName, std::string("s/a.jpg"));
        QCOMPARE(dataset.images[0].foreign, std::string(R"({"license":3})"));
        QCOMPARE(dataset.annotations.size(), std::size_t(1));
        QCOMPARE(dataset.annotations[0].foreign, std::string(R"({"x":[1]})"));
        QVERIFY(dataset.foreign.find(R"("info":{"year":2020})") != std::string::npos);
    }

    void speaksJson()
    {
        const Result result = run({"validate", broken(), "--json"});
        QCOMPARE(result.exitCode, 1);
        const QJsonObject report = QJsonDocument::fromJson(result.out).object();
        QCOMPARE(report["format"].toString(), QString("coco"));
        QCOMPARE(report["errors"].toInt(), 1);
        QCOMPARE(report["warnings"].toInt(), report["findings"].toArray().size() - 1);
        const QJsonObject last = report["findings"].toArray().last().toObject();
        QCOMPARE(last["rule"].toString(), QString("rle-size"));
        QCOMPARE(last["place"].toString(), QString("annotations[1] (id 5)"));
        QCOMPARE(last["file"].toString(), path("broken.json"));
    }

    void aFileThatIsNone()
    {
        const Result none = run({"validate", path("none.json")});
        QCOMPARE(none.exitCode, 1);
        QVERIFY2(none.error.contains("none.json"), none.error.constData());
        const Result cut = run({"validate", write("cut.json", "{'images':[],'annotations':[{'id"),
                                "--fix", path("never.json")});
        QCOMPARE(cut.exitCode, 1);
        QVERIFY2(cut.out.contains("[file]") && cut.out.contains("breaks off"), cut.out.constData());
        QVERIFY(!QFile::exists(path("never.json")));
    }

    void neverWritesOverWhatItReads()
    {
        const QString file = broken();
        const Result result = run({"validate", file, "--fix", file});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.error.contains("another file"), result.error.constData());
        QCOMPARE(exporters::readCoco(file.toStdString()).findings.errors(), std::size_t(1));
    }

    void evaluateRefusesBrokenTargets()
    {
        const Result result = run({"evaluate", "--images", m_directory.path(), "--annotations",
                                   broken(), "--model", "fake"});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.error.contains("annotations[1] (id 5)") &&
                     result.error.contains("nothing was measured"),
                 result.error.constData());
        QCOMPARE(result.out, QByteArray());
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no file") << QStringList{"validate"};
        QTest::newRow("unknown format") << QStringList{"validate", "a.json", "--from", "wav"};
        QTest::newRow("no such folder")
            << QStringList{"validate", "a.json", "--images", "/no/such/folder"};
    }
    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(run(arguments).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliValidate)
#include "tst_cli_validate.moc"
