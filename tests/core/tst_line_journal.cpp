// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/file/line_journal.h"

#include <QtTest>

#include <fstream>
#include <sstream>

using core::LineJournal;

class TestLineJournal : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::filesystem::path m_file;

    std::string bytes() const
    {
        std::ifstream in(m_file, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    }
    void setBytes(const std::string &text) const
    {
        std::ofstream(m_file, std::ios::binary | std::ios::trunc) << text;
    }
    static std::vector<std::string> linesOf(const LineJournal &journal)
    {
        std::vector<std::string> lines;
        journal.read([&lines, &journal](std::string_view line, std::uint64_t place) {
            QCOMPARE(journal.lineAt(place), std::string(line));
            lines.emplace_back(line);
        });
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        m_file = m_directory.filePath("run.jsonl").toStdString();
        std::filesystem::remove(m_file);
    }

    void keepsLinesFromRunToRun()
    {
        std::uint64_t second = 0;
        {
            LineJournal journal(m_file);
            QVERIFY(journal.isEmpty());
            QCOMPARE(journal.append("first"), std::uint64_t(0));
            second = journal.append("");
            journal.append(std::string(200'000, 'x')); // larger than what is read at once
        }
        LineJournal journal(m_file);
        QVERIFY(!journal.isEmpty());
        QCOMPARE(linesOf(journal),
                 (std::vector<std::string>{"first", "", std::string(200'000, 'x')}));
        QCOMPARE(journal.lineAt(second), std::string());
        journal.append("last");
        QCOMPARE(linesOf(journal).back(), std::string("last"));
    }

    void aLineThatBreaksOffIsAsIfItWereNotThere()
    {
        const std::string whole = "one\ntwo\n";
        const std::string next = "the third line";
        for (std::size_t length = 1; length <= next.size(); ++length) {
            setBytes(whole + next.substr(0, length));
            LineJournal journal(m_file);
            QCOMPARE(linesOf(journal), (std::vector<std::string>{"one", "two"}));
            journal.append(next);
            QCOMPARE(bytes(), whole + next + "\n");
        }
    }

    void aFileWithoutAnyWholeLineIsEmpty()
    {
        setBytes(std::string(150'000, 'x'));
        LineJournal journal(m_file);
        QVERIFY(journal.isEmpty());
        QVERIFY(linesOf(journal).empty());
        QCOMPARE(bytes(), std::string());
    }

    void isClearedAndRemoved()
    {
        LineJournal journal(m_file);
        journal.append("old");
        journal.clear();
        QVERIFY(journal.isEmpty());
        journal.append("new");
        QCOMPARE(linesOf(journal), std::vector<std::string>{"new"});
        journal.remove();
        QVERIFY(!std::filesystem::exists(m_file));
    }

    void isOpenOnceAtATime()
    {
        const LineJournal journal(m_file);
        try {
            const LineJournal other(m_file);
            QFAIL("opened twice");
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::FileUnwritable);
            QVERIFY(std::string(error.what()).find("run.jsonl") != std::string::npos);
        }
    }

    void namesAFileThatCannotBeMade()
    {
        QVERIFY_EXCEPTION_THROWN(LineJournal("/proc/nowhere/run.jsonl"), core::Error);
        QVERIFY_EXCEPTION_THROWN(LineJournal(m_directory.path().toStdString()), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestLineJournal)
#include "tst_line_journal.moc"
