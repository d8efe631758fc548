// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "dataset_folder.h"
#include "export/formats/yolo/yolo_yaml.h"

#include <QtTest>

#include <random>

using exporters::YoloYaml;
using Names = std::map<int, std::string>;
using Splits = std::vector<YoloYaml::Split>;

class TestYoloYaml : public QObject
{
    Q_OBJECT

private:
    DatasetFolder m_folder;
    exporters::Findings m_findings;

    YoloYaml read(const std::string &text)
    {
        m_folder.write("data.yaml", text);
        m_findings = {};
        return exporters::readYoloYaml(m_folder.path("data.yaml"), m_findings);
    }

private Q_SLOTS:
    void namesAreAListOrNumbered_data()
    {
        QTest::addColumn<std::string>("text");
        const auto row = [](const char *name, const char *text) {
            QTest::newRow(name) << std::string(text);
        };
        row("a list in brackets", "names: ['cat', \"old dog\"]");
        row("a list over lines", "names:\n- cat\n- old dog # barks\n");
        row("by number", "names:\n  0: cat\n  1: old dog\n");
        row("by number in braces", "names: {1: old dog, 0: 'cat'}");
        row("lines of another system", "names:\r\n  0: cat\r\n  1: old dog\r\n");
        row("a mark at the beginning", "\xEF\xBB\xBFnames: [cat, old dog]\n");
    }

    void namesAreAListOrNumbered()
    {
        QFETCH(std::string, text);
        QCOMPARE(read(text).names, (Names{{0, "cat"}, {1, "old dog"}}));
        QVERIFY(m_findings.isEmpty());
    }

    void placesAreTextsOrLists()
    {
        const YoloYaml yaml = read("path: ../datasets/x # where it is\n"
                                   "train: images/train\nval: [a/images, b.txt]\ntest:\n"
                                   "names: [a]\nnc: 1\n"
                                   "download: |\n  from x import y\n  train: not this\n");
        QCOMPARE(yaml.path, std::string("../datasets/x"));
        QCOMPARE(yaml.splits,
                 (Splits{{"train", {"images/train"}}, {"val", {"a/images", "b.txt"}}}));
        QCOMPARE(read("train: t\nvalidation: v\nnames: [a]\n").splits,
                 (Splits{{"train", {"t"}}, {"val", {"v"}}}));
        QVERIFY(m_findings.isEmpty());
    }

    void aNumberOfClassesIsEnough()
    {
        QCOMPARE(read("nc: 2\n").names, (Names{{0, "class 0"}, {1, "class 1"}}));
    }

    void oddNamesAreTold_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<Names>("names");
        QTest::addColumn<std::string>("rule");
        const auto row = [](const char *name, const char *text, Names names, const char *rule) {
            QTest::newRow(name) << std::string(text) << std::move(names) << std::string(rule);
        };
        row("gaps are gaps", "names: {0: a, 7: b}", {{0, "a"}, {7, "b"}}, "");
        row("a word for a number", "names: {x: a, 1: b}", {{1, "b"}}, "yaml-names names");
        row("a negative number", "names: {-1: a, 1: b}", {{1, "b"}}, "yaml-names names");
        row("a fraction", "names: {0.5: a, 1: b}", {{1, "b"}}, "yaml-names names");
        row("an enormous number", "names: {99999999999999999999: a, 1: b}", {{1, "b"}},
            "yaml-names names");
        row("no text", "names: {0: [a], 1: b}", {{0, "class 0"}, {1, "b"}}, "yaml-names names");
        row("empty", "names: ['', b]", {{0, "class 0"}, {1, "b"}}, "yaml-names names");
        row("another count", "names: [a]\nnc: 3", {{0, "a"}}, "yaml-nc nc");
        row("no count", "names: [a]\nnc: many", {{0, "a"}}, "yaml-nc nc");
        row("a place that is none", "names: [a]\nval: {a: b}", {{0, "a"}}, "yaml-place val");
    }

    void oddNamesAreTold()
    {
        QFETCH(std::string, text);
        QFETCH(Names, names);
        QFETCH(std::string, rule);
        QCOMPARE(read(text).names, names);
        QCOMPARE(rulesOf(m_findings),
                 rule.empty() ? std::vector<std::string>() : std::vector<std::string>{rule});
    }

    void refused_data()
    {
        QTest::addColumn<std::string>("text");
        const auto row = [](const char *name, const std::string &text) {
            QTest::newRow(name) << text;
        };
        row("empty", "");
        row("a text", "hello");
        row("a list", "- a\n- b\n");
        row("no names", "train: images\n");
        row("names that are a text", "names: cat\n");
        row("only bad names", "names: {x: y}\n");
        row("a count beyond belief", "nc: 1e12\n");
        row("broken", "names: [a, b\n: : :");
        row("binary", std::string("\x89PNG\0\0\1\2\xff\xfe", 10));
        row("deeply nested", "names: " + std::string(100000, '['));
        row("deeply nested in maps", "names: " + std::string(100000, '{'));
        row("an alias of nothing", "names: *none\n");
        row("too large", std::string(5 << 20, ' '));
    }

    void refused()
    {
        QFETCH(std::string, text);
        try {
            read(text);
        } catch (const core::Error &error) {
            QCOMPARE(error.kind(), core::ErrorKind::BadDataset);
            QVERIFY(std::string(error.what()).find("data.yaml") != std::string::npos);
            return;
        }
        QFAIL("it was read");
    }

    void brokenBytesAreReadOrRefused()
    {
        const std::string good = "path: ../x # y\ntrain: [a, 'b']\nval: &v \"c\"\nnc: 2\n"
                                 "names:\n  0: cat\n  1: {x: *v}\ndownload: |\n  a\n  b\n";
        std::mt19937 random(23);
        const std::string marks = "[]{}:-,&*!|>'\"%@#\n\t \\0";
        for (int round = 0; round < 3000; ++round) {
            std::string text = good;
            for (int n = 1 + int(random() % 4); n > 0; --n) {
                const std::size_t at = random() % text.size();
                if (random() % 2 == 0)
                    text[at] = marks[random() % marks.size()];
                else
                    text[at] = char(random() % 256);
            }
            try {
                read(text);
            } catch (const core::Error &error) {
                QCOMPARE(error.kind(), core::ErrorKind::BadDataset);
            }
        }
    }

    void classesOnePerLine()
    {
        m_folder.write("classes.txt", "cat\r\nold dog\r\n\r\n");
        QCOMPARE(exporters::readYoloClasses(m_folder.path("classes.txt")).names,
                 (Names{{0, "cat"}, {1, "old dog"}, {2, "class 2"}}));
        m_folder.write("classes.txt", "");
        QVERIFY_THROWS_EXCEPTION(core::Error,
                                 exporters::readYoloClasses(m_folder.path("classes.txt")));
    }

    void whatIsWrittenIsRead()
    {
        const std::vector<core::Category> categories{
            {5, "cat", "", 0},          {1, "no", "", 0},         {2, "7", "", 0},
            {3, "a: b # \"c\"", "", 0}, {4, "\u00fc\n\t", "", 0}, {9, "- [x", "", 0}};
        const YoloYaml yaml = read(exporters::yoloYamlText(categories, {"train", "test"}));
        QCOMPARE(yaml.names, (Names{{0, "cat"},
                                    {1, "no"},
                                    {2, "7"},
                                    {3, "a: b # \"c\""},
                                    {4, "\u00fc\n\t"},
                                    {5, "- [x"}}));
        QCOMPARE(yaml.path, std::string());
        // Training wants a val: without one it is train once more.
        QCOMPARE(yaml.splits, (Splits{{"train", {"images/train"}},
                                      {"val", {"images/train"}},
                                      {"test", {"images/test"}}}));
        QVERIFY(m_findings.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestYoloYaml)
#include "tst_yolo_yaml.moc"
