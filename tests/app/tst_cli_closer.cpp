// SPDX-License-Identifier: Apache-2.0
// The real program with the default model, which looks at what it found once more, closer.
#include "cli_process.h"
#include "core/mask/mask_measure.h"
#include "fake_answers.h"

#include <QImage>
#include <QJsonDocument>
#include <QPainter>
#include <QtTest>

using cli_process::Answer;
using cli_process::run;

class TestCliCloser : public QObject
{
    Q_OBJECT

    static constexpr core::Size size{900, 600};
    QTemporaryDir m_directory;
    QString m_picture;
    core::Mask m_disc; ///< what is painted, some 6 cells of the model wide

    static QJsonObject json(const QByteArray &text)
    {
        return QJsonDocument::fromJson(text).object();
    }

    core::Mask segmented(const QStringList &options) const
    {
        const Answer answer = run(QStringList{"segment", m_picture} + options);
        if (answer.code != 0)
            return core::Mask(size);
        const QJsonArray annotations = json(answer.out)["annotations"].toArray();
        return maskOf(annotations.at(0)["segmentation"].toObject());
    }

    QList<QJsonObject> served(const QStringList &options, const QByteArray &lines) const
    {
        QList<QJsonObject> answers;
        const Answer answer =
            run(QStringList{"serve"} + options,
                "{\"op\":\"open\",\"image\":\"" + m_picture.toUtf8() + "\"}\n" + lines);
        for (const QByteArray &line : answer.out.trimmed().split('\n'))
            answers << json(line);
        return answers;
    }
    static core::Mask first(const QJsonObject &answer)
    {
        return maskOf(answer["masks"].toArray().at(0)["rle"].toObject());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_picture = m_directory.filePath("disc.png");
        QImage picture(size.width, size.height, QImage::Format_RGB888);
        picture.fill(QColor(60, 110, 60));
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(220, 200, 60));
        painter.drawEllipse(QPointF(300.5, 200.5), 20, 20);
        painter.end();
        QVERIFY(picture.save(m_picture));
        m_disc = disc(size, 300, 200, 20);
    }

    void aSmallDiscIsFoundMoreExactly()
    {
        const QStringList click{"--point", "300,200"};
        const double whole = core::iou(segmented(click + QStringList{"--whole-only"}), m_disc);
        const double closer = core::iou(segmented(click), m_disc);
        QVERIFY2(closer > 0.9, qPrintable(QString::number(closer)));
        QVERIFY2(closer > whole, qPrintable(QString::number(whole)));
    }

    void serveRefinesWhereItLooked()
    {
        const QByteArray lines = R"({"op":"predict","points":[[300,200,1]],"multimask":true}
{"op":"predict","points":[[300,200,1],[330,200,0]],"refine":true}
{"op":"predict","points":[[300,200,1],[400,200,0]],"refine":true}
)";
        const auto answers = served({}, lines);
        QCOMPARE(answers.size(), 4);
        QCOMPARE(answers[1]["masks"].toArray().size(), 3);
        for (int i = 1; i < 4; ++i)
            QVERIFY2(core::iou(first(answers[i]), m_disc) > 0.85,
                     qPrintable(QString::number(core::iou(first(answers[i]), m_disc))));
        const auto whole = served({"--whole-only"}, lines);
        QVERIFY(core::iou(first(answers[1]), m_disc) > core::iou(first(whole[1]), m_disc));
    }

    void aDetectorsBoxBecomesTheMaskThatSegmentGives()
    {
        QFile boxes(m_directory.filePath("boxes.json"));
        QVERIFY(boxes.open(QIODevice::WriteOnly));
        boxes.write(
            R"([{"image_id":"disc.png","category_id":1,"bbox":[280,180,41,41],"score":0.9}])");
        boxes.close();
        const auto batch = [&](const QStringList &options, const QString &out) {
            run(QStringList{"batch", m_directory.path(), "--boxes", boxes.fileName(), "--out",
                            out} +
                options);
            const QJsonArray annotations = json(cli_process::bytesOf(out))["annotations"].toArray();
            return annotations.isEmpty() ? core::Mask(size)
                                         : maskOf(annotations.at(0)["segmentation"].toObject());
        };
        const QStringList box{"--box", "279.5,179.5,320.5,220.5"};
        const core::Mask closer = batch({}, m_directory.filePath("closer.json"));
        const core::Mask whole = batch({"--whole-only"}, m_directory.filePath("whole.json"));
        QVERIFY(core::area(closer) > 0);
        QVERIFY(closer == segmented(box));
        QVERIFY(whole == segmented(box + QStringList{"--whole-only"}));
        QVERIFY(core::iou(closer, m_disc) > core::iou(whole, m_disc));
        // Results of the one are not those of the other.
        const Answer resumed =
            run({"batch", m_directory.path(), "--boxes", boxes.fileName(), "--out",
                 m_directory.filePath("closer.json"), "--resume", "--whole-only"});
        QCOMPARE(resumed.code, 1);
    }
};

QTEST_GUILESS_MAIN(TestCliCloser)
#include "tst_cli_closer.moc"
