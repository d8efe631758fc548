// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_polygon.h"
#include "export/formats.h"
#include "export/formats/coco/coco_reader.h"
#include "export/operations/picture_journal.h"
#include "export/operations/picture_result_json.h"

#include <QtTest>

#include <chrono>
#include <fstream>
#include <sstream>

using namespace exporters;

namespace
{

PictureResult result(int number, int annotations)
{
    const core::Size size{30, 20};
    const std::string name = "p" + std::to_string(number) + ".png";
    PictureResult result{name, {0, name, size}, {}};
    for (int i = 0; i < annotations; ++i) {
        core::Annotation annotation;
        annotation.categoryId = 1;
        annotation.mask = core::rleFromBox(i, number % 7, 5, 5, size);
        annotation.score = 0.25 * i;
        annotation.foreign = R"({"stability_score":0.5})";
        result.annotations.push_back(annotation);
    }
    return result;
}

std::string bytesOf(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

class TestPictureJournal : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::filesystem::path m_target;
    std::vector<core::Category> m_categories{{1, "thing", "", 0}};
    std::vector<std::string> m_keys;

    void addMissing(PictureJournal &journal) const
    {
        for (int i = 0; i < 10; ++i) {
            if (!journal.has(m_keys[std::size_t(i)]))
                journal.add(result(i, i % 4));
        }
    }
    std::string finish(PictureJournal &journal) const
    {
        journal.write(m_keys, m_categories, *findFormat("coco"));
        journal.remove();
        return bytesOf(m_target);
    }

private Q_SLOTS:
    void init()
    {
        m_target = m_directory.filePath("all.json").toStdString();
        std::filesystem::remove(m_target);
        std::filesystem::remove(PictureJournal::fileFor(m_target));
        m_keys.clear();
        for (int i = 0; i < 10; ++i)
            m_keys.push_back("p" + std::to_string(i) + ".png");
    }

    void aLineIsReadAsItWasWritten()
    {
        PictureResult before = result(3, 3);
        before.image.foreign = R"({"license":2})";
        before.annotations[0].isCrowd = true;
        before.annotations[1].mask.counts = {};
        before.annotations[1].box = core::Box{0.5, 1, 2, 3.25};
        before.annotations[1].score.reset();
        before.annotations[2].track = 9;
        before.madeAt = std::filesystem::file_time_type::clock::now();
        const auto after = resultFrom(toLine(before));
        QVERIFY(after.has_value());
        QCOMPARE(after->key, before.key);
        QCOMPARE(after->image, before.image);
        QCOMPARE(after->annotations, before.annotations);
        QVERIFY(after->madeAt == before.madeAt);
    }

    void otherLinesAreNothing_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("zeros, as a power cut leaves them") << QByteArray(40, '\0');
        QTest::newRow("broken off") << QByteArray("{\"key\":\"a\",\"name\":\"a\",\"wid");
        QTest::newRow("a number") << QByteArray("7");
        QTest::newRow("keys missing") << QByteArray(R"({"key":"a"})");
        QTest::newRow("a mask that is too short")
            << QByteArray(R"({"key":"a","name":"a","width":9,"height":9,)"
                          R"("annotations":[{"category":1,"counts":"1"}]})");
        QTest::newRow("a box of two numbers")
            << QByteArray(R"({"key":"a","name":"a","width":9,"height":9,)"
                          R"("annotations":[{"category":1,"box":[1,2]}]})");
    }

    void otherLinesAreNothing()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!resultFrom(line.toStdString()).has_value());
    }

    void makesTheTargetInTheOrderOfTheKeys()
    {
        PictureJournal journal(m_target, {}, false);
        for (int i = 9; i >= 0; --i) // done in another order
            journal.add(result(i, i % 4));
        QVERIFY(!PictureJournal::isFinished(m_target));
        const WriteSummary summary = journal.write(m_keys, m_categories, *findFormat("coco"));
        QCOMPARE(summary.images, std::size_t(10));
        QCOMPARE(summary.annotations, std::size_t(13));
        QVERIFY(!PictureJournal::isFinished(m_target));
        journal.remove();
        QVERIFY(PictureJournal::isFinished(m_target));
        const core::Dataset dataset = readCoco(m_target).dataset;
        for (std::size_t i = 0; i < 10; ++i) {
            QCOMPARE(dataset.images[i].fileName, m_keys[i]);
            QCOMPARE(dataset.images[i].id, core::Id(i + 1));
        }
        for (std::size_t i = 0; i < 13; ++i)
            QCOMPARE(dataset.annotations[i].id, core::Id(i + 1));
        QCOMPARE(dataset.annotations[1].mask, result(2, 2).annotations[0].mask);
    }

    void masksWithoutAPixelTakeNoNumber()
    {
        PictureJournal journal(m_target, {}, false);
        PictureResult first = result(0, 3);
        first.annotations[1].mask.counts = {600};
        journal.add(first);
        const WriteSummary summary = journal.write(m_keys, m_categories, *findFormat("coco"));
        QCOMPARE(summary.annotations, std::size_t(2));
        QCOMPARE(summary.losses.size(), std::size_t(1));
        QCOMPARE(summary.losses[0].count, std::size_t(1));
        const core::Dataset dataset = readCoco(m_target).dataset;
        QCOMPARE(dataset.annotations[0].id, core::Id(1));
        QCOMPARE(dataset.annotations[1].id, core::Id(2));
    }

    void aRunThatWasCutAnywhereEndsInTheSameBytes()
    {
        std::string whole, journalBytes;
        {
            PictureJournal journal(m_target, {}, false);
            addMissing(journal);
            journalBytes = bytesOf(PictureJournal::fileFor(m_target));
            whole = finish(journal);
        }
        for (std::size_t length = 0; length < journalBytes.size(); length += 7) {
            std::filesystem::remove(m_target);
            std::ofstream(PictureJournal::fileFor(m_target), std::ios::binary)
                << journalBytes.substr(0, length);
            PictureJournal journal(m_target, {}, true);
            QVERIFY(journal.size() < 10);
            addMissing(journal);
            QCOMPARE(journal.size(), std::size_t(10));
            QCOMPARE(finish(journal), whole);
            QVERIFY(!std::filesystem::exists(PictureJournal::fileFor(m_target)));
        }
    }

    void tellsWhenResultsWereMade()
    {
        using Time = std::filesystem::file_time_type;
        const auto begin = Time::clock::now();
        {
            PictureJournal journal(m_target, {}, false);
            journal.add(result(0, 1));
            QVERIFY(journal.madeAt("p0.png") >= begin);
            QVERIFY(!journal.madeAt("p1.png"));
        }
        const auto end = Time::clock::now();
        {
            PictureJournal journal(m_target, {}, true);
            QVERIFY(journal.madeAt("p0.png") >= begin && journal.madeAt("p0.png") <= end);
            journal.add(result(0, 3)); // it had changed
            QVERIFY(journal.madeAt("p0.png") >= end);
            finish(journal);
        }
        const Time written = begin - std::chrono::hours(1);
        std::filesystem::last_write_time(m_target, written);
        {
            PictureJournal journal(m_target, {}, true);
            QVERIFY(journal.madeAt("p0.png") == written);
            QCOMPARE(journal.write(m_keys, m_categories, *findFormat("coco")).annotations,
                     std::size_t(3));
        }
        // A line of an older version knows no time.
        std::string bytes = bytesOf(PictureJournal::fileFor(m_target));
        const std::size_t made = bytes.find("\"made\":");
        bytes.erase(made, bytes.find(',', made) + 1 - made);
        std::ofstream(PictureJournal::fileFor(m_target), std::ios::binary) << bytes;
        QVERIFY(PictureJournal(m_target, {}, true).madeAt("p0.png") == Time::max());
    }

    void damageInTheMiddleCostsThatPictureAlone()
    {
        {
            PictureJournal journal(m_target, {}, false);
            addMissing(journal);
        }
        const auto file = PictureJournal::fileFor(m_target);
        std::string bytes = bytesOf(file);
        const std::size_t place = bytes.find("p4.png");
        bytes.replace(place, 3, std::string(3, '\0'));
        std::ofstream(file, std::ios::binary) << bytes;
        PictureJournal journal(m_target, {}, true);
        QCOMPARE(journal.size(), std::size_t(9));
        QVERIFY(!journal.has("p4.png"));
    }

    void workIsNotLostToAForgottenOption()
    {
        {
            PictureJournal journal(m_target, {}, false);
            journal.add(result(0, 1));
        }
        QVERIFY_EXCEPTION_THROWN(PictureJournal(m_target, {}, false), core::Error);
        QVERIFY_EXCEPTION_THROWN(PictureJournal(m_target, {R"({"model":2})"}, true), core::Error);
        QVERIFY(PictureJournal(m_target, {}, true).has("p0.png"));
    }

    void aJournalWithoutResultsIsNoObstacle()
    {
        {
            PictureJournal journal(m_target, {}, false);
        }
        PictureJournal journal(m_target, {R"({"model":2})"}, false);
        QCOMPARE(journal.size(), std::size_t(0));
    }

    void aFinishedRunTakesInWhatIsNew()
    {
        const RunDescription description{R"({"model":"a","boxes":[1]})", R"({"folder":"x"})"};
        std::string whole;
        {
            PictureJournal journal(m_target, description, false);
            addMissing(journal);
            whole = finish(journal);
        }
        QVERIFY(QByteArray::fromStdString(whole).contains(R"({"model":"a","boxes":[1]})"));
        const std::vector<std::string> all = m_keys;
        m_keys.erase(m_keys.begin() + 3, m_keys.begin() + 6);
        {
            PictureJournal journal(m_target, description, false);
            for (const int i : {0, 1, 2, 6, 7, 8, 9})
                journal.add(result(i, i % 4));
            QVERIFY(finish(journal) != whole);
        }
        m_keys = all;
        PictureJournal journal(m_target, {description.work, R"({"folder":"y"})"}, true);
        QCOMPARE(journal.size(), std::size_t(7));
        addMissing(journal);
        QCOMPARE(finish(journal), whole);
    }

    void aFinishedRunOfAnotherKindIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char *name, const char *record, const char *mentions) {
            QTest::newRow(name) << QByteArray(record) << QByteArray(mentions);
        };
        row("another model", R"({"model":"b","boxes":1})", "differs in \"model\".");
        row("two things", R"({"model":"b"})", "differs in \"boxes\" and \"model\".");
        row("no record", "", "was not made by this command");
    }
    void aFinishedRunOfAnotherKindIsLeftAlone()
    {
        QFETCH(QByteArray, record);
        QFETCH(QByteArray, mentions);
        const QByteArray text = "{" +
                                (record.isEmpty() ? "" : "\"maskwright_run\":" + record + ",") +
                                R"("images":[],"annotations":[],"categories":[]})";
        std::ofstream(m_target) << text.toStdString();
        try {
            PictureJournal(m_target, {R"({"model":"a","boxes":1})"}, true);
            QFAIL("it was taken");
        } catch (const core::Error &error) {
            QVERIFY2(QByteArray(error.what()).contains(mentions), error.what());
        }
        QCOMPARE(bytesOf(m_target), text.toStdString());
        QVERIFY(PictureJournal::isFinished(m_target)); // no journal is left
    }

    void namesThatAreNotUtf8AreRefusedAtOnce()
    {
        PictureJournal journal(m_target, {}, false);
        PictureResult bad = result(0, 1);
        bad.key = bad.image.fileName = "\xff.png";
        QVERIFY_EXCEPTION_THROWN(journal.add(bad), core::Error);
        QCOMPARE(journal.size(), std::size_t(0));
    }

    void whatAKilledRunLeftOfTheTargetGoes()
    {
        const std::filesystem::path left = m_target.string() + ".part-99-0";
        const std::filesystem::path other = m_target.string() + ".copy";
        std::ofstream(left) << "half";
        std::ofstream(other) << "mine";
        const PictureJournal journal(m_target, {}, false);
        QVERIFY(!std::filesystem::exists(left));
        QVERIFY(std::filesystem::exists(other));
    }
};

QTEST_GUILESS_MAIN(TestPictureJournal)
#include "tst_picture_journal.moc"
