// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "dataset_folder.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <QtTest>

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesOfAllSystems()
    {
        std::vector<std::string> lines;
        exporters::forEachLine("a\r\nb c\n\nd", [&](std::size_t number, std::string_view line) {
            lines.push_back(std::to_string(number) + ':' + std::string(line));
        });
        QCOMPARE(lines, (std::vector<std::string>{"1:a", "2:b c", "3:", "4:d"}));
        exporters::forEachLine("", [](std::size_t, std::string_view) { QFAIL("no line"); });
    }

    void linesWithoutBlanks()
    {
        using Lines = std::vector<std::string_view>;
        QCOMPARE(exporters::linesOf(" a\t\r\n\n\tb c "), (Lines{"a", "", "b c"}));
        QCOMPARE(exporters::linesOf(""), Lines());
    }

    void words()
    {
        using Words = std::vector<std::string_view>;
        QCOMPARE(exporters::wordsOf(" 1\t 2  three "), (Words{"1", "2", "three"}));
        QCOMPARE(exporters::wordsOf(" \t"), Words());
        QCOMPARE(exporters::wordsOf(""), Words());
    }

    void numbers()
    {
        QCOMPARE(exporters::toNumber("-1.5e2"), std::optional<double>(-150));
        for (const char *word : {"", "nan", "inf", "-inf", "1e999", "1x", "0x10", "1,5", "+-1"})
            QVERIFY2(!exporters::toNumber(word), word);
    }

    void numbersAsTexts()
    {
        QCOMPARE(exporters::toText(0.25, 6), std::string("0.25"));
        QCOMPARE(exporters::toText(1, 6), std::string("1"));
        QCOMPARE(exporters::toText(100, 0), std::string("100"));
        QCOMPARE(exporters::toText(1.0 / 3, 6), std::string("0.333333"));
        QCOMPARE(exporters::toText(-1e-9, 6), std::string("0"));
        QCOMPARE(exporters::toText(1e300, 2).size(), std::size_t(301));
    }

    void utf8()
    {
        for (const char *text : {"", "abc", "\u00fc", "\u20ac", "\U0001F600", "\xf4\x8f\xbf\xbf"})
            QVERIFY2(exporters::isUtf8(text), text);
        for (const char *text : {"\xff", "\xc3", "a\xc3(", "\xc0\x80", "\xe0\x80\x80",
                                 "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xf0\x9f\x98"})
            QVERIFY2(!exporters::isUtf8(text), text);
    }

    void aFileIsReadWhole()
    {
        const DatasetFolder folder;
        folder.write("a.txt", "\xEF\xBB\xBFone\n");
        QCOMPARE(exporters::readTextFile(folder.path("a.txt")), std::string("one\n"));
        folder.write("empty.txt", "");
        QCOMPARE(exporters::readTextFile(folder.path("empty.txt")), std::string());
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::readTextFile(folder.path("a.txt"), 6));
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::readTextFile(folder.path("none.txt")));
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::readTextFile(folder.path()));
        QVERIFY_THROWS_EXCEPTION(core::Error, exporters::readTextFile("/dev/zero"));
    }

    void whatIsNotUtf8IsLatin1()
    {
        const DatasetFolder folder;
        folder.write("old.txt", "caf\xe9\n");
        QCOMPARE(exporters::readSmallText(folder.path("old.txt")),
                 std::optional(std::string("caf\u00e9\n")));
        QCOMPARE(exporters::readSmallFile(folder.path("old.txt")),
                 std::optional(std::string("caf\xe9\n")));
        QVERIFY(!exporters::readSmallText(folder.path("none.txt")));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
