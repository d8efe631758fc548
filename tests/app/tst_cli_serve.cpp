// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "fake_answers.h"

#include <QImage>
#include <QtTest>

using cli_process::Answer;
using cli_process::run;

/// `serve` of the real program on the fake model: discs of an eighth of the picture's shorter side.
class TestCliServe : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_picture;

private Q_SLOTS:
    void initTestCase()
    {
        m_picture = m_directory.filePath(QString::fromUtf8("ein Äpfelchen.png"));
        QImage picture(160, 80, QImage::Format_RGB888);
        picture.fill(QColor(10, 200, 30));
        QVERIFY(picture.save(m_picture));
    }

    void serveAnswersLineByLine()
    {
        QByteArray lines;
        const auto say = [&lines](const QByteArray &line) { lines += line + '\n'; };
        say(R"({"op":"predict","points":[[1,1]]})");
        say("{\"op\":\"open\",\"image\":\"" + m_picture.toUtf8() + "\"}");
        say("this is not JSON");
        say(R"(["op","open"])");
        say(R"({"op":"dance"})");
        say(R"({"op":"predict"})");
        say(R"({"op":"predict","point":[[40,40]]})");
        say(R"({"op":"predict","points":[[40,40,2]]})");
        say(R"({"op":"predict","points":[[1e999,40]]})");
        say(R"({"op":"predict","points":[[40]],"box":[1,2,3]})");
        say(R"({"op":"predict","points":[[400,40]]})");
        say(R"({"op":"predict","points":[[40,40]],"refine":true})");
        say(R"({"op":"predict","mask":{"size":[80,160],"counts":"~~~"}})");
        say(R"({"op":"predict","mask":{"size":[1000000,1000000],"counts":[1000000000]}})");
        say(R"({"op":"open","image":"/no/such.jpg"})");
        say(QByteArray(200'000, '['));
        say("\xff\xfe\xfd");
        const int bad = int(lines.count('\n')) - 1;
        say("");
        say(R"({"op":"predict","points":[[40,40,1]],"multimask":true})");
        say(R"({"op":"predict","points":[[40,40,1],[100,40,1]],"refine":true})");
        say(R"({"op":"predict","mask":{"size":[80,160],"counts":[0,800,12000]},"box":[100,10,110,20]})");
        say(R"({"op":"reset"})");
        say(R"({"op":"predict","points":[[40,40,1]],"refine":true})");
        say(R"({"op":"close"})");
        lines += R"({"op":"predict","points":[[40,40,1]]})"; // the last line, without its end

        const Answer result = run({"serve", "--model", "fake"}, lines);
        QCOMPARE(result.code, 0);
        QVERIFY2(result.error.isEmpty(), result.error);
        QList<QJsonObject> answers;
        for (const QByteArray &line : result.out.trimmed().split('\n')) {
            const QJsonDocument answer = QJsonDocument::fromJson(line);
            QVERIFY2(answer.isObject(), line);
            answers << answer.object();
        }
        QCOMPARE(answers.size(), bad + 1 + 7);
        QCOMPARE(answers[1]["ok"].toBool(), true);
        QCOMPARE(answers[1]["width"].toInt(), 160);
        QVERIFY(answers[1].contains("encode_ms"));
        answers.removeAt(1);
        for (int i = 0; i < bad; ++i) {
            QCOMPARE(answers[i]["ok"].toBool(true), false);
            QVERIFY(answers[i]["error"].toString().size() > 10);
        }

        answers.remove(0, bad);
        const QJsonArray masks = answers[0]["masks"].toArray();
        QCOMPARE(masks.size(), 3);
        QCOMPARE(masks[0]["predicted_iou"].toDouble(), 0.9);
        QVERIFY(maskOf(masks[0]["rle"].toObject()) == disc({160, 80}, 40, 40, 10));
        QCOMPARE(masks[0]["bbox"].toArray(), (QJsonArray{30, 30, 21, 21}));
        QVERIFY(answers[0].contains("decode_ms"));
        const core::Mask refined = maskOf(answers[1]["masks"].toArray().at(0)["rle"].toObject());
        QVERIFY(refined.at(40, 40) && refined.at(100, 40));
        const core::Mask prior = maskOf(answers[2]["masks"].toArray().at(0)["rle"].toObject());
        QVERIFY(prior.at(3, 40) && prior.at(105, 15) && !prior.at(40, 40));
        QCOMPARE(answers[3]["ok"].toBool(), true);
        QCOMPARE(answers[4]["ok"].toBool(true), false); // nothing to refine after reset
        QCOMPARE(answers[5]["ok"].toBool(), true);
        QCOMPARE(answers[6]["ok"].toBool(true), false); // closed
    }

    void serveSurvivesAnEndlessLine()
    {
        const QByteArray lines = QByteArray(20 << 20, 'x') + "\n{\"op\":\"reset\"}\n";
        const Answer result = run({"serve", "--model", "fake"}, lines);
        QCOMPARE(result.code, 0);
        const QList<QByteArray> answers = result.out.trimmed().split('\n');
        QCOMPARE(answers.size(), 2);
        QVERIFY(answers[0].contains("longer than"));
        QCOMPARE(answers[1], R"({"ok":true})");
    }
};

QTEST_GUILESS_MAIN(TestCliServe)
#include "tst_cli_serve.moc"
